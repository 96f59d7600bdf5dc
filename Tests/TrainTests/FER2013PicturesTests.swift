import Files
import Foundation
import Imaging
import Testing
import Train
import _TestSupport

struct FER2013PicturesTests {
    /// A picture that is refused, and what is said about it.
    struct Bad: CustomTestStringConvertible {
        var path: String
        var bytes: [UInt8]
        var message: String

        var testDescription: String { message }
    }

    static let good = FaceFixtures.face(1).jpegData()

    static let bad = [
        Bad(
            path: "train/sad/Training_9.png", bytes: Image(width: 47, height: 48).pngData(),
            message: "the picture has 47x48 pixels. Faces of FER-2013 have 48x48."),
        Bad(
            path: "train/sad/Training_9.jpg",
            bytes: Image(width: 48, height: 48, channels: 3).jpegData(),
            message: "the picture is in color. Faces of FER-2013 are grayscale."),
        Bad(
            path: "train/sad/Training_9.jpg", bytes: [],
            message: "cannot read the picture: the file is empty."),
        Bad(
            path: "train/sad/Training_9.gif", bytes: Array("GIF89a".utf8),
            message: "is neither a PNG nor a JPEG file. Convert it first."),
        Bad(
            path: "train/sad/Training_9.jpg", bytes: good.dropLast(4),
            message: "cannot read the picture: Premature end of JPEG file."),
        Bad(
            path: "train/contempt/Training_9.jpg", bytes: good,
            message:
                "the folder contempt is none of angry, disgust, fear, happy, neutral, sad, surprise."
        ),
        Bad(
            path: "test/sad/9.jpg", bytes: good,
            message:
                "its name begins with neither PublicTest_ nor PrivateTest_, so one cannot tell "
                + "its test set. Keep the names of the download, or load the folder as an image "
                + "folder."),
        Bad(
            path: "test/sad/Training_9.jpg", bytes: good,
            message: "lies in test, but its name says Training."),
        Bad(
            path: "train/sad/PrivateTest_9.jpg", bytes: good,
            message: "lies in train, but its name says PrivateTest."),
    ]

    @Test(arguments: bad)
    func namesTheFirstBadPicture(bad: Bad) throws {
        try withTemporaryFolder { folder in
            let data = folder.appending(path: "data")
            try data.addFile("train/happy/Training_1.jpg", Self.good)
            try data.addFile(bad.path, bad.bytes)
            let error = #expect(throws: FileError.self) { try FER2013(contentsOf: data) }
            #expect(error?.location == data.appending(path: bad.path).path)
            #expect(error?.message == bad.message)
        }
    }

    @Test(arguments: bad)
    func namesABadPictureInAnArchive(bad: Bad) throws {
        try withTemporaryFolder { folder in
            try folder.addArchive(
                "faces.zip", [("train/happy/Training_1.jpg", Self.good), (bad.path, bad.bytes)])
            let archive = folder.appending(path: "faces.zip")
            let error = #expect(throws: FileError.self) { try FER2013(contentsOf: archive) }
            #expect(error?.location == "\(archive.path), \(bad.path)")
            #expect(error?.message == bad.message)
        }
    }

    @Test func skipsBadPicturesWhenAsked() throws {
        try withTemporaryFolder { folder in
            try folder.addFile("train/happy/Training_1.jpg", Self.good)
            for (number, bad) in Self.bad.enumerated() {
                try folder.addFile(
                    bad.path.replacing("9.", with: "\(number)."), bad.bytes)
            }
            let faces = try FER2013(contentsOf: folder, onDamaged: .skip)
            #expect(faces.skipped.count == Self.bad.count)
            #expect(Set(faces.skipped.map(\.message)) == Set(Self.bad.map(\.message)))
            #expect(try faces.training.count == 1)
        }
    }

    @Test func failsIfEveryPictureIsSkipped() throws {
        try withTemporaryFolder { folder in
            try folder.addFile("train/happy/Training_1.jpg", [1])
            let error = #expect(throws: FileError.self) {
                try FER2013(contentsOf: folder, onDamaged: .skip)
            }
            #expect(error?.message.contains("1 were skipped") == true)
            #expect(error?.message.contains("Training_1.jpg") == true)
        }
    }

    @Test("Training pictures may have any name, and folders upper-case letters")
    func acceptsOtherNames() throws {
        try withTemporaryFolder { folder in
            try folder.addFile("Train/Happy/im1.JPG", Self.good)
            #expect(try FER2013(contentsOf: folder).training.labels == [3])
        }
    }
}
