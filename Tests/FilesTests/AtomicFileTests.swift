import Files
import Foundation
import Testing
import _TestSupport

struct AtomicFileTests {
    @Test func createsAFile() throws {
        try withTemporaryFolder { folder in
            let file = folder.appending(path: "ünï code.bin")
            try AtomicFile.write([1, 2, 3], to: file)
            #expect(try Data(contentsOf: file) == Data([1, 2, 3]))
            #expect(try names(in: folder) == ["ünï code.bin"])
        }
    }

    @Test func createsAnEmptyFile() throws {
        try withTemporaryFolder { folder in
            let file = folder.appending(path: "empty")
            try AtomicFile.write([UInt8](), to: file)
            #expect(try Data(contentsOf: file).isEmpty)
        }
    }

    @Test func replacesAFile() throws {
        try withTemporaryFolder { folder in
            let file = folder.appending(path: "weights")
            try AtomicFile.write([UInt8](repeating: 1, count: 100_000), to: file)
            try AtomicFile.write([2], to: file)
            #expect(try Data(contentsOf: file) == Data([2]))
            #expect(try names(in: folder) == ["weights"])
        }
    }

    @Test func honorsTheMaskOfNewFiles() throws {
        try withTemporaryFolder { folder in
            try folder.addFile("ordinary", [1])
            try AtomicFile.write([1], to: folder.appending(path: "atomic"))
            #expect(
                try permissions(of: folder.appending(path: "atomic"))
                    == permissions(of: folder.appending(path: "ordinary")))
        }
    }

    @Test func writesThroughASymbolicLink() throws {
        try withTemporaryFolder { folder in
            let file = folder.appending(path: "file")
            let link = folder.appending(path: "link")
            try AtomicFile.write([1], to: file)
            try FileManager.default.createSymbolicLink(at: link, withDestinationURL: file)
            try AtomicFile.write([2], to: link)
            #expect(try Data(contentsOf: file) == Data([2]))
            #expect(
                try FileManager.default.destinationOfSymbolicLink(atPath: link.path)
                    .hasSuffix("file"))
        }
    }

    @Test func keepsThePreviousContents() throws {
        try withTemporaryFolder { folder in
            let file = folder.appending(path: "checkpoint")
            let previous = folder.appending(path: "checkpoint.previous")
            for version in UInt8(1)...3 {
                try AtomicFile.write([version], to: file, keepingPreviousAs: previous)
            }
            #expect(try Data(contentsOf: file) == Data([3]))
            #expect(try Data(contentsOf: previous) == Data([2]))
            #expect(try names(in: folder) == ["checkpoint", "checkpoint.previous"])
        }
    }

    @Test("A run that was killed between the two renames left both names on one file")
    func keepsThePreviousContentsAfterAnInterruption() throws {
        try withTemporaryFolder { folder in
            let file = folder.appending(path: "checkpoint")
            let previous = folder.appending(path: "checkpoint.previous")
            try AtomicFile.write([1], to: file)
            try FileManager.default.linkItem(at: file, to: previous)
            try AtomicFile.write([2], to: file, keepingPreviousAs: previous)
            #expect(try Data(contentsOf: file) == Data([2]))
            #expect(try Data(contentsOf: previous) == Data([1]))
            #expect(try names(in: folder) == ["checkpoint", "checkpoint.previous"])
        }
    }

    @Test func refusesAMissingFolder() throws {
        try withTemporaryFolder { folder in
            let file = folder.appending(path: "missing/file")
            let error = #expect(throws: FileError.self) { try AtomicFile.write([1], to: file) }
            #expect(error?.code == .notFound)
            #expect(error?.location == file.path)
            #expect(error?.message == "cannot write: no such file or directory. Check the path.")
        }
    }

    @Test func removesTheTemporaryFileWhenItFails() throws {
        try withTemporaryFolder { folder in
            let target = folder.appending(path: "folder")
            try target.addFile("inside", [1])
            let error = #expect(throws: FileError.self) { try AtomicFile.write([1], to: target) }
            #expect(error?.code == .inaccessible)
            #expect(try names(in: folder) == ["folder"])
        }
    }

    private func names(in folder: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }

    private func permissions(of file: URL) throws -> NSNumber? {
        try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? NSNumber
    }
}
