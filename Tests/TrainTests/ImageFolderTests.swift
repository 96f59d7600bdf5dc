import Files
import Foundation
import Imaging
import Testing
import Train
import _TestSupport

struct ImageFolderTests {
    private static let gray = Image(width: 20, height: 10, filledWith: 50).pngData()
    private static let red = Image(
        width: 10, height: 10, channels: 3,
        samples: (0..<100).flatMap { _ in [255, 0, 0] as [UInt8] }
    ).pngData()

    @Test func readsClassFolders() throws {
        try withTemporaryFolder { folder in
            try folder.addFile("tulip/b.png", Self.red)
            try folder.addFile("tulip/a.png", Self.gray)
            try folder.addFile("rose/deep/er/c.png", Self.gray)
            try folder.addFile("rose/notes.txt", [1])
            try folder.addFile(".hidden/d.png", Self.gray)
            let flowers = try ImageFolder(contentsOf: folder, height: 4, width: 6, channels: 3)
            #expect(flowers.classNames == ["rose", "tulip"])
            #expect(flowers.availableSplits == [.training])
            #expect(flowers.heldOut == nil)
            let training = try flowers.training
            #expect(training.labels == [0, 1, 1])
            #expect(training.height == 4)
            #expect(training.width == 6)
            #expect(training.image(at: 1).samples == [UInt8](repeating: 50, count: 72))
            #expect(training.image(at: 2).samples.prefix(3) == [255, 0, 0])
        }
    }

    @Test func convertsToGrayscale() throws {
        try withTemporaryFolder { folder in
            try folder.addFile("red/a.png", Self.red)
            let pictures = try ImageFolder(contentsOf: folder, height: 2, width: 2, channels: 1)
            #expect(try pictures.training.samples == [76, 76, 76, 76])
        }
    }

    @Test(
        "Folders of splits in all their names",
        arguments: ["train", "training", "TRAIN"], ["test", "val", "valid", "Validation"])
    func readsSplits(train: String, other: String) throws {
        try withTemporaryFolder { folder in
            try folder.addFile("\(train)/cat/1.png", Self.gray)
            try folder.addFile("\(train)/dog/1.png", Self.gray)
            try folder.addFile("\(other)/dog/2.png", Self.red)
            let pictures = try ImageFolder(contentsOf: folder, height: 2, width: 2, channels: 3)
            #expect(pictures.classNames == ["cat", "dog"])
            #expect(try pictures.training.labels == [0, 1])
            #expect(pictures.heldOut?.labels == [1])
            #expect(pictures.availableSplits == [.training, other == "test" ? .test : .validation])
        }
    }

    @Test("Validation is what is held out where there is a test as well")
    func prefersValidation() throws {
        try withTemporaryFolder { folder in
            for split in ["train", "val", "test"] {
                try folder.addFile("\(split)/cat/1.png", Self.gray)
            }
            try folder.addFile("val/dog/1.png", Self.gray)
            let pictures = try ImageFolder(contentsOf: folder, height: 2, width: 2, channels: 1)
            #expect(pictures.availableSplits == [.training, .validation, .test])
            #expect(pictures.heldOut?.count == 2)
        }
    }

    @Test(
        "A folder around everything does not matter",
        arguments: ["", "flowers/", "data/flowers/"], ["", "train/"])
    func stripsFolders(top: String, split: String) throws {
        try withTemporaryFolder { folder in
            for name in ["a", "b"] {
                try folder.addFile("\(top)\(split)\(name)/1.png", Self.gray)
            }
            let pictures = try ImageFolder(contentsOf: folder, height: 2, width: 2, channels: 1)
            #expect(pictures.classNames == ["a", "b"])
            #expect(try pictures.training.count == 2)
        }
    }

    @Test func readsAnArchive() throws {
        try withTemporaryFolder { folder in
            try folder.addArchive(
                "pets.zip", [("cat/1.png", Self.gray), ("__MACOSX/cat/1.png", Self.gray)],
                below: "pets/")
            let pictures = try ImageFolder(
                contentsOf: folder.appending(path: "pets.zip"), height: 2, width: 2, channels: 1)
            #expect(pictures.classNames == ["cat"])
        }
    }

    @Test("A class may be named train")
    func trainAsAClass() throws {
        try withTemporaryFolder { folder in
            for name in ["bus", "train"] {
                try folder.addFile("\(name)/1.png", Self.gray)
            }
            let vehicles = try ImageFolder(contentsOf: folder, height: 2, width: 2, channels: 1)
            #expect(vehicles.classNames == ["bus", "train"])
        }
    }

    @Test func testAloneIsNoTraining() throws {
        try withTemporaryFolder { folder in
            try folder.addFile("test/dog/1.png", Self.gray)
            let pictures = try ImageFolder(
                contentsOf: folder, height: 2, width: 2, channels: 1, classNames: ["cat", "dog"])
            #expect(pictures.heldOut?.labels == [1])
            let error = #expect(throws: FileError.self) { try pictures.training }
            #expect(error?.message.hasPrefix("holds no training pictures, only test.") == true)
        }
    }

    @Test func damagedPicturesFailOrAreSkipped() throws {
        try withTemporaryFolder { folder in
            try folder.addFile("dog/1.png", Self.gray)
            try folder.addFile("dog/2.jpg", [0xFF, 0xD8, 0xFF, 0])
            try folder.addFile("stray.png", Self.gray)
            let error = #expect(throws: FileError.self) {
                try ImageFolder(contentsOf: folder, height: 2, width: 2, channels: 1)
            }
            #expect(error?.location == folder.appending(path: "dog/2.jpg").path)
            let pictures = try ImageFolder(
                contentsOf: folder, height: 2, width: 2, channels: 1, onDamaged: .skip)
            #expect(try pictures.training.count == 1)
            #expect(pictures.skipped.count == 2)
            #expect(pictures.skipped.last?.message.contains("outside of the class folders") == true)
        }
    }

    @Test func refusesAClassThatTheNetworkDoesNotKnow() throws {
        try withTemporaryFolder { folder in
            try folder.addFile("bird/1.png", Self.gray)
            let error = #expect(throws: FileError.self) {
                try ImageFolder(
                    contentsOf: folder, height: 2, width: 2, channels: 1,
                    classNames: ["cat", "dog"])
            }
            #expect(error?.message == "the class bird is none of cat, dog.")
        }
    }

    @Test func saysThatThereAreNoPictures() throws {
        try withTemporaryFolder { folder in
            let error = #expect(throws: FileError.self) {
                try ImageFolder(contentsOf: folder, height: 2, width: 2, channels: 1)
            }
            #expect(error?.code == .notFound)
        }
    }
}
