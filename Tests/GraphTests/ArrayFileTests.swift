import Files
import Foundation
import Testing
import _TestSupport

@testable import Graph

@Suite struct ArrayFileTests {
    private static func write(to url: URL) throws {
        try ArrayFile.write(
            [
                .init("numbers", StoredArray((0..<1000).map(Double.init))),
                .init("none", StoredArray([UInt32]())),
            ],
            attributes: ["made": "by \"us\""], kind: "test", version: 3, to: url)
    }

    @Test func arraysComeBack() throws {
        try withTemporaryFolder { folder in
            let url = folder.appending(path: "numbers")
            try Self.write(to: url)
            let file = try ArrayFile(contentsOf: url, kind: "test", version: 3)
            #expect(file.attributes == ["made": "by \"us\""])
            #expect(
                try Array(file.array("numbers", of: Double.self)) == (0..<1000).map(Double.init))
            #expect(try file.array("none", of: UInt32.self).isEmpty)
            #expect(throws: FileError.self) { try file.array("other", of: Double.self) }
            #expect(throws: FileError.self) { try file.array("numbers", of: Float.self) }
            try file.verify()
        }
    }

    @Test("whatever byte is changed, opening or verifying says so")
    func damage() throws {
        try withTemporaryFolder { folder in
            let url = folder.appending(path: "numbers")
            try Self.write(to: url)
            let bytes = [UInt8](try Data(contentsOf: url))
            // What is zero between header and arrays is never read.
            for place in stride(from: 0, to: bytes.count, by: 7) where bytes[place] != 0 {
                var damaged = bytes
                damaged[place] ^= 0x10
                try Data(damaged).write(to: url)
                #expect(throws: FileError.self, "byte \(place)") {
                    try ArrayFile(contentsOf: url, kind: "test", version: 3).verify()
                }
            }
            for length in [0, 5, 23, 24, 100, bytes.count / 2, bytes.count - 1] {
                try Data(bytes.prefix(length)).write(to: url)
                #expect(throws: FileError.self, "\(length) bytes") {
                    try ArrayFile(contentsOf: url, kind: "test", version: 3)
                }
            }
            try Data(bytes).write(to: url)
            #expect(throws: FileError.self) {
                try ArrayFile(contentsOf: url, kind: "other", version: 3)
            }
            #expect(throws: FileError.self) {
                try ArrayFile(contentsOf: url, kind: "test", version: 4)
            }
        }
    }
}
