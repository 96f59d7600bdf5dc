import Files
import Foundation
import Imaging
import Testing
import Train
import _TestSupport

struct FER2013Tests {
    @Test func readsTheFolder() throws {
        try withTemporaryFolder { folder in
            try folder.addFiles(FaceFixtures.kaggleFiles())
            try expectAllSplits(of: try FER2013(contentsOf: folder))
        }
    }

    @Test(
        "The archive as downloaded, with and without a folder around everything",
        arguments: [ZipArchiveWriter.Method.stored, .deflated], ["", "fer2013/"])
    func readsTheArchive(method: ZipArchiveWriter.Method, top: String) throws {
        try withTemporaryFolder { folder in
            try folder.addArchive(
                "download.zip", FaceFixtures.kaggleFiles(), method: method, below: top)
            try expectAllSplits(
                of: try FER2013(contentsOf: folder.appending(path: "download.zip")))
        }
    }

    @Test("A folder around the folders, or links to them, do not matter")
    func followsLinks() throws {
        try withTemporaryFolder { folder in
            try folder.appending(path: "elsewhere").addFiles(FaceFixtures.kaggleFiles())
            let data = folder.appending(path: "data/fer2013")
            try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
            for name in ["train", "test"] {
                try FileManager.default.createSymbolicLink(
                    at: data.appending(path: name),
                    withDestinationURL: folder.appending(path: "elsewhere/\(name)"))
            }
            try expectAllSplits(of: try FER2013(contentsOf: folder.appending(path: "data")))
        }
    }

    @Test(
        "A folder with the archive, under either name", arguments: ["fer2013.zip", "archive.zip"])
    func findsTheArchive(name: String) throws {
        try withTemporaryFolder { folder in
            try folder.addArchive(name, FaceFixtures.kaggleFiles())
            try expectAllSplits(of: try FER2013(contentsOf: folder))
        }
    }

    @Test(arguments: [
        (["Training"], [FER2013.Split.training]), (["PublicTest"], [.publicTest]),
        (["PrivateTest"], [.privateTest]), (["Training", "PublicTest"], [.training, .publicTest]),
    ])
    func readsSomeSplits(names: [String], expected: [FER2013.Split]) throws {
        try withTemporaryFolder { folder in
            let files = FaceFixtures.kaggleFiles(splits: names)
            try folder.appending(path: "folder").addFiles(files)
            try folder.addArchive("archive.zip", files)
            for name in ["folder", "archive.zip"] {
                let faces = try FER2013(contentsOf: folder.appending(path: name))
                #expect(faces.availableSplits == expected)
                for split in FER2013.Split.allCases where !expected.contains(split) {
                    let error = #expect(throws: FileError.self) { try faces.dataset(of: split) }
                    #expect(error?.code == .notFound)
                    #expect(error?.message.hasPrefix("holds no \(split.rawValue) faces") == true)
                    #expect(error?.message.contains("https://www.kaggle.com") == true)
                }
                #expect(throws: FileError.self) { try faces.test }
            }
        }
    }

    @Test func joinsTheTestSets() throws {
        try withTemporaryFolder { folder in
            try folder.addFiles(FaceFixtures.kaggleFiles())
            let faces = try FER2013(contentsOf: folder)
            let test = try faces.test
            #expect(test.count == 28)
            #expect(try test.selecting(0..<14).samples == faces.publicTest.samples)
            #expect(try test.selecting(14..<28).samples == faces.privateTest.samples)
        }
    }

    @Test func saysWhatAnEmptyFolderLacks() throws {
        try withTemporaryFolder { folder in
            try folder.addFile("notes.txt", [1])
            let error = #expect(throws: FileError.self) { try FER2013(contentsOf: folder) }
            #expect(error?.code == .notFound)
            #expect(error?.message.contains("icml_face_data.csv") == true)
        }
    }

    @Test func namesAMissingPath() {
        let error = #expect(throws: FileError.self) {
            try FER2013(contentsOf: URL(filePath: "/nowhere/at/all"))
        }
        #expect(error?.code == .notFound)
        #expect(error?.location == "/nowhere/at/all")
    }

    /// The two faces of each class in each split, sorted by path.
    private func expectAllSplits(of faces: FER2013) throws {
        #expect(faces.availableSplits == FER2013.Split.allCases)
        #expect(faces.skipped.isEmpty)
        for split in FER2013.Split.allCases {
            let dataset = try faces.dataset(of: split)
            #expect(dataset.classNames == Imaging.Expression.names)
            #expect(dataset.labels == (0..<14).map { Int32($0 / 2) })
            for index in 0..<14 {
                let number = index / 2 + index % 2 * 7
                #expect(dataset.image(at: index) == FaceFixtures.face(number))
            }
        }
    }
}
