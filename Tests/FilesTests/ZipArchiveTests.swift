import Files
import Foundation
import Testing
import _TestSupport

/// The reader against archives that the module `zipfile` of Python wrote.
///
///     archive = zipfile.ZipFile("faces.zip", "w")
///     for name, data, method in [
///         ("faces/", b"", 0), ("faces/stored.txt", b"stored as it is", 0),
///         ("faces/deflated.txt", b"deflated " * 20, 8)]:
///         info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
///         info.compress_type = method
///         archive.writestr(info, data)
struct ZipArchiveTests {
    private let faces =
        Data(
            base64Encoded: """
                UEsDBBQAAAAAAAAAIQAAAAAAAAAAAAAAAAAGAAAAZmFjZXMvUEsDBBQAAAAAAAAAIQBleNFaDwAAAA8AAAAQAAAA\
                ZmFjZXMvc3RvcmVkLnR4dHN0b3JlZCBhcyBpdCBpc1BLAwQUAAAACAAAACEAB9ZvkA4AAAC0AAAAEgAAAGZhY2Vz\
                L2RlZmxhdGVkLnR4dEtJTctJLElNUUgZOgwAUEsBAhQDFAAAAAAAAAAhAAAAAAAAAAAAAAAAAAYAAAAAAAAAAAAA\
                AIABAAAAAGZhY2VzL1BLAQIUAxQAAAAAAAAAIQBleNFaDwAAAA8AAAAQAAAAAAAAAAAAAACAASQAAABmYWNlcy9z\
                dG9yZWQudHh0UEsBAhQDFAAAAAgAAAAhAAfWb5AOAAAAtAAAABIAAAAAAAAAAAAAAIABYQAAAGZhY2VzL2RlZmxh\
                dGVkLnR4dFBLBQYAAAAAAwADALIAAACfAAAAAAA=
                """) ?? Data()

    /// As above, with the one file `a.txt` packed by method 12, bzip2.
    private let bzip2 =
        Data(
            base64Encoded: """
                UEsDBC4AAAAMAAAAIQB25kqpNAAAAHgAAAAFAAAAYS50eHRCWmg5MUFZJlNZCy+elAAAHZmAQAAQABAgQBAgADDA\
                ApUMnCYTpNJpNJ8XckU4UJALL56UUEsBAi4DLgAAAAwAAAAhAHbmSqk0AAAAeAAAAAUAAAAAAAAAAAAAAIABAAAA\
                AGEudHh0UEsFBgAAAAABAAEAMwAAAFcAAAAAAA==
                """) ?? Data()

    @Test func readsStoredAndDeflatedEntries() throws {
        let archive = try ZipArchive(bytes: faces, name: "faces.zip")
        #expect(
            archive.entries.map(\.name) == ["faces/", "faces/stored.txt", "faces/deflated.txt"])
        #expect(archive.entries.map(\.size) == [0, 15, 180])
        #expect(archive.entries.map(\.isFolder) == [true, false, false])
        #expect(try archive.read(archive.entries[0]) == [])
        #expect(try archive.read(archive.entries[1]) == Array("stored as it is".utf8))
        let text = String(repeating: "deflated ", count: 20)
        #expect(try archive.read(archive.entries[2]) == Array(text.utf8))
    }

    @Test func readsFromAFile() throws {
        try withTemporaryFolder { folder in
            try folder.addFile("faces.zip", faces)
            let archive = try ZipArchive(contentsOf: folder.appending(path: "faces.zip"))
            #expect(try archive.read(archive.entries[1]) == Array("stored as it is".utf8))
        }
    }

    @Test func honorsTheLimit() throws {
        let archive = try ZipArchive(bytes: faces, name: "faces.zip")
        #expect(try archive.read(archive.entries[2], limit: 180).count == 180)
        let error = #expect(throws: FileError.self) {
            try archive.read(archive.entries[2], limit: 179)
        }
        #expect(error?.code == .unsupported)
        #expect(
            error?.description
                == "faces.zip, faces/deflated.txt: unpacks to 180 bytes, more than the limit of 179."
        )
    }

    @Test("A changed byte in the data of either entry is noticed", arguments: [90, 148])
    func noticesDamage(position: Int) throws {
        var damaged = faces
        damaged[position] ^= 0x40
        let archive = try ZipArchive(bytes: damaged, name: "faces.zip")
        let files = archive.entries.filter { !$0.isFolder }
        let failures = files.filter { (try? archive.read($0)) == nil }
        #expect(failures.count == 1)
        let error = #expect(throws: FileError.self) { try archive.read(failures[0]) }
        #expect(error?.code == .damaged)
        #expect(error?.location == "faces.zip, \(failures[0].name)")
    }

    @Test(
        "An entry that is larger or smaller than the directory promises is damaged",
        arguments: [0, 1, 100, 179, 181, 1 << 12, 1 << 29])
    func noticesLyingSizes(size: Int) throws {
        var lying = faces
        // In the directory, the size stands 22 bytes before the name.
        let name = try #require(
            lying.range(of: Data("faces/deflated.txt".utf8), options: .backwards))
        for byte in 0..<4 {
            lying[name.lowerBound - 22 + byte] = UInt8(truncatingIfNeeded: size >> (8 * byte))
        }
        let archive = try ZipArchive(bytes: lying, name: "faces.zip")
        #expect(archive.entries[2].size == size)
        let error = #expect(throws: FileError.self) { try archive.read(archive.entries[2]) }
        #expect(error?.code == .damaged)
    }

    @Test func refusesOtherMethodsByNumber() throws {
        let archive = try ZipArchive(bytes: bzip2, name: "a.zip")
        let error = #expect(throws: FileError.self) { try archive.read(archive.entries[0]) }
        #expect(error?.code == .unsupported)
        #expect(error?.message.contains("compression method, 12,") == true)
    }

    @Test("Every shorter piece of an archive is refused or read right")
    func survivesTruncation() throws {
        for count in 0..<faces.count {
            let error = #expect(throws: FileError.self) {
                try ZipArchive(bytes: faces.prefix(count), name: "part")
            }
            #expect(error?.code == .damaged, "\(count) bytes")
        }
    }

    @Test("Whatever single byte is wrong, reading ends with the right bytes or an error")
    func survivesAnyWrongByte() throws {
        let text = Array(String(repeating: "deflated ", count: 20).utf8)
        for position in faces.indices {
            var damaged = faces
            damaged[position] ^= 0xFF
            guard let archive = try? ZipArchive(bytes: damaged, name: "damaged") else { continue }
            for entry in archive.entries where entry.name == "faces/deflated.txt" {
                if let bytes = try? archive.read(entry) {
                    #expect(bytes == text, "byte \(position)")
                }
            }
        }
    }

    @Test func namesAMissingFile() {
        let error = #expect(throws: FileError.self) {
            try ZipArchive(contentsOf: URL(filePath: "/nowhere.zip"))
        }
        #expect(error?.code == .notFound)
    }

    @Test func refusesWhatIsNoArchive() throws {
        try withTemporaryFolder { folder in
            try folder.addFile("faces.zip", Array("<html>Not found</html>".utf8))
            try folder.addFile("empty.zip", [])
            for name in ["faces.zip", "empty.zip"] {
                let error = #expect(throws: FileError.self) {
                    try ZipArchive(contentsOf: folder.appending(path: name))
                }
                #expect(error?.code == .damaged)
                #expect(error?.message.contains("download it again") == true)
            }
            #expect(throws: FileError.self) { try ZipArchive(contentsOf: folder) }
        }
    }
}
