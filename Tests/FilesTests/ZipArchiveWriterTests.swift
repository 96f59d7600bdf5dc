import Files
import Foundation
import Testing
import _TestSupport

struct ZipArchiveWriterTests {
    @Test(
        "What is written is read back",
        arguments: [ZipArchiveWriter.Method.stored, .deflated], [0, 1, 1000, 200_000])
    func roundTrip(method: ZipArchiveWriter.Method, count: Int) throws {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 / 3) }
        var writer = ZipArchiveWriter()
        writer.add(name: "first", bytes: bytes, method: method)
        writer.add(name: "folder/zweites ä", bytes: [7], method: method)
        let archive = try ZipArchive(bytes: writer.archive(name: "test.zip"), name: "test.zip")
        #expect(archive.entries.map(\.name) == ["first", "folder/zweites ä"])
        #expect(try archive.read(archive.entries[0]) == bytes)
        #expect(try archive.read(archive.entries[1]) == [7])
    }

    @Test func packsAsAsked() throws {
        let bytes = [UInt8](repeating: 5, count: 10_000)
        var stored = ZipArchiveWriter()
        stored.add(name: "a", bytes: bytes, method: .stored)
        var deflated = ZipArchiveWriter()
        deflated.add(name: "a", bytes: bytes, method: .deflated)
        #expect(try stored.archive(name: "a.zip").count > 10_000)
        #expect(try deflated.archive(name: "a.zip").count < 500)
    }

    @Test func writesTheSameBytesTwice() throws {
        var writer = ZipArchiveWriter()
        writer.add(name: "a", bytes: [1, 2, 3])
        let first = try writer.archive(name: "a.zip")
        #expect(try writer.archive(name: "a.zip") == first)
        // MS-DOS time and date of the local header: midnight of January 1st, 1980.
        #expect(first[10..<14] == [0, 0, 0x21, 0])
    }

    @Test func writesAFile() throws {
        try withTemporaryFolder { folder in
            let file = folder.appending(path: "a.zip")
            var writer = ZipArchiveWriter()
            writer.add(name: "a", bytes: [1, 2, 3])
            try writer.write(to: file)
            let archive = try ZipArchive(contentsOf: file)
            #expect(try archive.read(archive.entries[0]) == [1, 2, 3])
        }
    }

    @Test func writesAnArchiveWithoutFiles() throws {
        let bytes = try ZipArchiveWriter().archive(name: "empty.zip")
        #expect(try ZipArchive(bytes: bytes, name: "empty.zip").entries.isEmpty)
    }

    @Test func refusesANameTwice() {
        var writer = ZipArchiveWriter()
        writer.add(name: "a", bytes: [1])
        writer.add(name: "a", bytes: [2])
        let error = #expect(throws: FileError.self) { try writer.archive(name: "a.zip") }
        #expect(error?.location == "a.zip")
        #expect(error?.message.contains("a: ") == true)
    }
}
