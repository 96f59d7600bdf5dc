import Files
import Foundation
import Testing
import _TestSupport

struct MappedFileTests {
    @Test(arguments: [0, 1, 4096, 100_000])
    func readsWhatWasWritten(count: Int) throws {
        try withTemporaryFolder { folder in
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            try folder.addFile("file", bytes)
            let file = try MappedFile(contentsOf: folder.appending(path: "file"))
            #expect(file.count == count)
            #expect(file.withUnsafeBytes { Array($0) } == bytes)
        }
    }

    @Test func keepsTheOldBytesWhenTheFileIsReplaced() throws {
        try withTemporaryFolder { folder in
            let url = folder.appending(path: "file")
            try AtomicFile.write([1, 2], to: url)
            let file = try MappedFile(contentsOf: url)
            try AtomicFile.write([3], to: url)
            #expect(file.withUnsafeBytes { Array($0) } == [1, 2])
        }
    }

    @Test func namesAMissingFile() throws {
        let error = #expect(throws: FileError.self) {
            try MappedFile(contentsOf: URL(filePath: "/nowhere/at all"))
        }
        #expect(error?.code == .notFound)
        #expect(
            error.map(String.init(describing:))
                == "/nowhere/at all: cannot read: no such file or directory. Check the path.")
    }

    @Test func doesNotWaitForAPipe() throws {
        try withTemporaryFolder { folder in
            let pipe = folder.appending(path: "pipe")
            #expect(mkfifo(pipe.path, 0o600) == 0)
            let error = #expect(throws: FileError.self) { try MappedFile(contentsOf: pipe) }
            #expect(error?.code == .unsupported)
        }
    }

    @Test(arguments: [("/", FileError.Code.inaccessible), ("/dev/null", .unsupported)])
    func refusesFoldersAndDevices(path: String, code: FileError.Code) {
        let error = #expect(throws: FileError.self) {
            try MappedFile(contentsOf: URL(filePath: path))
        }
        #expect(error?.code == code)
    }
}
