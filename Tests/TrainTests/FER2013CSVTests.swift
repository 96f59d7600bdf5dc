import Files
import Foundation
import Imaging
import Testing
import Train
import _TestSupport

struct FER2013CSVTests {
    @Test("Either file, by itself, in a folder, in an archive, and in an archive in a folder")
    func readsTables() throws {
        try withTemporaryFolder { folder in
            let tables = [
                ("fer2013.csv", FaceFixtures.table(FaceFixtures.allRows)),
                ("icml_face_data.csv", FaceFixtures.icmlTable(FaceFixtures.allRows)),
            ]
            for (name, bytes) in tables {
                let home = folder.appending(path: name + " in folder")
                try home.addFile("fer2013/" + name, bytes)
                try folder.addArchive(name + ".zip", [("challenge/" + name, bytes)])
                let archiveHome = folder.appending(path: name + " in archive")
                try archiveHome.addFile("notes.txt", [])
                try archiveHome.addArchive("archive.zip", [(name, bytes)])
                for source in [
                    home, home.appending(path: "fer2013/" + name),
                    folder.appending(path: name + ".zip"), archiveHome,
                ] {
                    try expectAllRows(of: FER2013(contentsOf: source), source)
                }
            }
        }
    }

    @Test("A table is read whatever its name")
    func otherName() throws {
        try withTemporaryFolder { folder in
            try folder.addFile("faces.CSV", FaceFixtures.table(FaceFixtures.allRows))
            let file = folder.appending(path: "faces.CSV")
            try expectAllRows(of: FER2013(contentsOf: file), file)
        }
    }

    /// A row that is refused, and what is said about it.
    static let bad: [(row: [String], message: String)] = [
        (["7", FaceFixtures.pixels(1), "Training"], "the emotion is \"7\", none of 0 to 6."),
        (["-1", FaceFixtures.pixels(1), "Training"], "the emotion is \"-1\", none of 0 to 6."),
        (
            ["happy", FaceFixtures.pixels(1), "Training"],
            "the emotion is \"happy\", none of 0 to 6."
        ),
        (
            ["3", FaceFixtures.pixels(1), "Validation"],
            "the usage is \"Validation\", none of Training, PublicTest and PrivateTest."
        ),
        (
            ["3", String(FaceFixtures.pixels(1).dropLast(3)), "Training"],
            "has 2303 pixels instead of 2304."
        ),
        (["3", "", "Training"], "has 0 pixels instead of 2304."),
        (["3", FaceFixtures.pixels(1) + " 7", "Training"], "has 2305 pixels instead of 2304."),
        (["3", "10 256 10", "Training"], "pixel 2 is \"256\", no number from 0 to 255."),
        (["3", "10 10 -1", "Training"], "pixel 3 is \"-1\", no number from 0 to 255."),
        (
            ["3", "99999999999999999999999999", "Training"],
            "pixel 1 is \"99999999999999999999...\", no number from 0 to 255."
        ),
        (["3", FaceFixtures.pixels(1), "Training,more"], "has 4 fields instead of 3."),
    ]

    @Test(arguments: bad)
    func namesTheFirstBadRow(row: [String], message: String) throws {
        try withTemporaryFolder { folder in
            let rows = FaceFixtures.rows([(3, "Training", 1)]) + [row]
            try folder.addFile("fer2013.csv", FaceFixtures.table(rows))
            let file = folder.appending(path: "fer2013.csv")
            let error = #expect(throws: FileError.self) { try FER2013(contentsOf: file) }
            #expect(error?.code == .damaged)
            #expect(error?.description == "\(file.path), row 3: \(message)")
        }
    }

    @Test func skipsBadRowsWhenAsked() throws {
        try withTemporaryFolder { folder in
            let good = FaceFixtures.rows([(3, "Training", 1)])
            let rows = good + Self.bad.map(\.row) + good
            // The last row never closes its quote.
            let bytes = FaceFixtures.table(rows) + Array("\n3,\"10 10".utf8)
            try folder.addFile("fer2013.csv", bytes)
            let faces = try FER2013(contentsOf: folder, onDamaged: .skip)
            #expect(try faces.training.count == 2)
            #expect(faces.skipped.count == Self.bad.count + 1)
            #expect(faces.skipped.last?.location.hasSuffix("row \(rows.count + 2)") == true)
        }
    }

    @Test func namesAMissingColumn() throws {
        try withTemporaryFolder { folder in
            try folder.addFile("train.csv", Array("emotion,pixels\n0,1 2 3\n".utf8))
            let error = #expect(throws: FileError.self) {
                try FER2013(contentsOf: folder.appending(path: "train.csv"), onDamaged: .skip)
            }
            #expect(
                error?.message.hasPrefix("has no column named Usage, only emotion, pixels.") == true
            )
        }
    }

    @Test func saysThatATableHasNoRows() throws {
        try withTemporaryFolder { folder in
            try folder.addFile("fer2013.csv", FaceFixtures.table([]))
            let error = #expect(throws: FileError.self) { try FER2013(contentsOf: folder) }
            #expect(error?.message.contains("no usable face") == true)
        }
    }

    /// One face of each code, numbered by its code, in each split.
    private func expectAllRows(of faces: FER2013, _ source: URL) throws {
        #expect(faces.availableSplits == FER2013.Split.allCases, "\(source)")
        for split in FER2013.Split.allCases {
            let dataset = try faces.dataset(of: split)
            // Codes 0 to 6 are angry, disgust, fear, happy, sad, surprise, neutral.
            #expect(dataset.labels == [0, 1, 2, 3, 5, 6, 4], "\(source)")
            for code in 0...6 {
                #expect(dataset.image(at: code) == FaceFixtures.face(code), "\(source)")
            }
        }
    }
}
