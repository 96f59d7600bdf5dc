import Files
import Foundation
import Imaging
import Testing
import _TestSupport

struct ImageFilesTests {
    private let picture = Image.waves(width: 12, height: 8, channels: 3)

    @Test(arguments: ["a.png", "b.PNG", "c.jpg", "d.Jpeg"])
    func writesByExtension(name: String) throws {
        try withTemporaryFolder { folder in
            let file = folder.appending(path: name)
            try picture.write(to: file)
            let bytes = try Data(contentsOf: file)
            let isPNG = name.lowercased().hasSuffix("png")
            #expect(Array(bytes) == (isPNG ? picture.pngData() : picture.jpegData()))
            #expect(try Image(contentsOf: file).width == 12)
        }
    }

    @Test func refusesToWriteOtherFormats() {
        let error = #expect(throws: FileError.self) {
            try picture.write(to: URL(filePath: "/tmp/picture.gif"))
        }
        #expect(
            error?.description
                == "/tmp/picture.gif: cannot tell the format of the picture. Let its name end in "
                + ".png or .jpg.")
    }

    @Test func readsByContentNotByName() throws {
        try withTemporaryFolder { folder in
            try folder.addFile("really a PNG.jpg", picture.pngData())
            let file = folder.appending(path: "really a PNG.jpg")
            #expect(try Image(contentsOf: file) == picture)
        }
    }

    @Test(arguments: [
        ("", FileError.Code.damaged, "the file is empty"), ("GIF89a", .unsupported, "neither"),
        ("\u{89}P", .unsupported, "neither"),
    ])
    func refusesOtherBytes(text: String, code: FileError.Code, reason: String) throws {
        try withTemporaryFolder { folder in
            let file = folder.appending(path: "picture.png")
            try Data(text.utf8).write(to: file)
            let error = #expect(throws: FileError.self) { try Image(contentsOf: file) }
            #expect(error?.code == code)
            #expect(error?.location == file.path)
            #expect(error?.message.contains(reason) == true)
        }
    }

    @Test func namesAMissingFile() {
        let error = #expect(throws: FileError.self) {
            try Image(contentsOf: URL(filePath: "/nowhere.png"))
        }
        #expect(error?.code == .notFound)
    }
}
