import Capture
import Files
import Foundation
import Imaging
import Testing
import _TestSupport

struct PictureSequenceTests {
    @Test func numbersItsFiles() throws {
        try withTemporaryFolder { folder in
            let target = folder.appending(path: "new/frames")
            var sequence = try PictureSequence(to: target, format: .png)
            let pictures = (0..<3).map {
                Image.waves(width: 5, height: 4, channels: 3, phase: Double($0))
            }
            try sequence.write(pictures[0])
            try sequence.write(pictures[1], named: "face")
            try sequence.write(pictures[2])
            for (name, picture) in zip(["000000", "face", "000002"], pictures) {
                #expect(try Image(contentsOf: target.appending(path: "\(name).png")) == picture)
            }
        }
    }

    @Test func refusesAFileInThePlaceOfTheFolder() throws {
        try withTemporaryFolder { folder in
            try folder.addFile("taken", [1])
            let error = #expect(throws: FileError.self) {
                _ = try PictureSequence(to: folder.appending(path: "taken"))
            }
            #expect(error?.code == .inaccessible)
        }
    }
}
