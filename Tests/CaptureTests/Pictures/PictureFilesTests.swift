import Capture
import Files
import Foundation
import Imaging
import Testing
import _TestSupport

struct PictureFilesTests {
    private let picture = Image.waves(width: 8, height: 6, channels: 3)

    @Test func readsFilesInTheirOrder() throws {
        try withTemporaryFolder { folder in
            let gray = picture.grayscale()
            try picture.write(to: folder.appending(path: "b.png"))
            try gray.write(to: folder.appending(path: "a.png"))
            let files = ["b.png", "a.png"].map { folder.appending(path: $0) }
            var source = PictureFiles(files, color: .rgb)
            #expect(source.name == files[0].path)
            #expect(source.frameRate == nil)
            let (frames, errors) = readAll(&source)
            #expect(errors.isEmpty)
            #expect(frames.map(\.image) == [picture, gray.rgb()])
            #expect(frames.map(\.source) == files.map(\.path))
            #expect(frames.map(\.index) == [0, 1])
            #expect(frames.map(\.time) == [.zero, .zero])
        }
    }

    @Test func readsGrayscale() throws {
        try withTemporaryFolder { folder in
            let file = folder.appending(path: "a.png")
            try picture.write(to: file)
            var source = PictureFiles([file], color: .grayscale)
            #expect(readAll(&source).frames.map(\.image) == [picture.grayscale()])
        }
    }

    @Test func aFolderIsInTheOrderOfPeople() throws {
        try withTemporaryFolder { folder in
            let names = ["10.png", "2.jpg", "1.JPEG", "b2.png", "B10.png", "a.png"]
            for name in names { try picture.write(to: folder.appending(path: name)) }
            try folder.addFile("notes.txt", [65])
            try folder.addFile(".hidden.png", picture.pngData())
            try folder.addFile("inside/1.png", picture.pngData())
            var source = try PictureFiles(folder: folder, color: .grayscale)
            #expect(source.name == folder.path)
            #expect(
                source.files.map(\.lastPathComponent)
                    == ["1.JPEG", "2.jpg", "10.png", "a.png", "b2.png", "B10.png"])
            let (frames, errors) = readAll(&source)
            #expect(errors.isEmpty)
            #expect(frames.count == 6)
        }
    }

    @Test("A damaged file is told of, and those behind it are read")
    func goesOnBehindADamagedFile() throws {
        try withTemporaryFolder { folder in
            for name in ["1.png", "3.png"] { try picture.write(to: folder.appending(path: name)) }
            try folder.addFile("2.png", picture.pngData().prefix(60))
            var source = try PictureFiles(folder: folder, color: .rgb)
            let (frames, errors) = readAll(&source)
            #expect(frames.map(\.index) == [0, 2])
            let error = try #require(errors.first as? FileError)
            #expect(error.code == .damaged)
            #expect(error.location.hasSuffix("/2.png"))
            #expect(errors.count == 1)
        }
    }

    @Test func refusesWhatIsNoFolderOfPictures() throws {
        try withTemporaryFolder { folder in
            try folder.addFile("notes.txt", [65])
            for (path, code, words) in [
                ("", FileError.Code.notFound, ".png"), ("missing", .notFound, "no such folder"),
                ("notes.txt", .inaccessible, "not a folder"),
            ] {
                let error = #expect(throws: FileError.self) {
                    _ = try PictureFiles(folder: folder.appending(path: path), color: .rgb)
                }
                #expect(error?.code == code)
                #expect(error?.message.contains(words) == true)
            }
        }
    }

    @Test func honorsLimits() throws {
        try withTemporaryFolder { folder in
            let file = folder.appending(path: "a.png")
            try picture.write(to: file)
            var source = PictureFiles([file], color: .rgb, limits: ImageLimits(samples: 143))
            #expect((readAll(&source).errors.first as? FileError)?.code == .unsupported)
        }
    }
}
