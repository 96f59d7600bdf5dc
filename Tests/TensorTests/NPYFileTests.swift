import Files
import Foundation
import Tensor
import Testing
import _TestSupport

@Suite struct NPYFileTests {
    @Test func readsWhatNumPyWrote() throws {
        let files = try ExpectedArray.all().filter { $0.key.hasSuffix(".npy") }
        #expect(files.count == 29)
        for (file, arrays) in files {
            let expected = try #require(arrays[""])
            let tensor = try NPYFile(contentsOf: fixtures.appending(path: file)).tensor
            #expect(expected.matches(tensor), "\(file): \(tensor)")
        }
    }

    @Test(
        arguments: [
            ("object", "|O (Python objects)"), ("complex", "<c8 (complex numbers)"),
            ("bytes", "|S3 (byte strings)"), ("text", "<U3 (text)"),
            ("structured", "structured elements"), ("time", "<M8[D] (times)"),
            ("long-double", "<f16 (extended precision)"),
        ])
    func refusesOtherTypesByName(file: String, name: String) throws {
        let url = fixtures.appending(path: "\(file).npy")
        let error = #expect(throws: FileError.self) { try NPYFile(contentsOf: url) }
        #expect(error?.code == .unsupported)
        #expect(error?.location.hasSuffix("\(file).npy") == true)
        #expect(error?.message.contains(name) == true, "\(error?.message ?? "")")
    }

    @Test(arguments: [[], [1], [3], [0], [2, 3], [2, 3, 4], [2, 0, 4]] as [Shape])
    func readsWhatItWrote(shape: Shape) throws {
        let tensor = Tensor.sample(shape)
        let bytes = NPYFile(tensor).encoded()
        #expect((bytes.count - 4 * tensor.count) % 64 == 0)
        #expect(try NPYFile(bytes: bytes, name: "memory").tensor == tensor)
        try withTemporaryFolder { folder in
            let url = folder.appending(path: "tensor.npy")
            try NPYFile(tensor).write(to: url)
            #expect(try NPYFile(contentsOf: url).tensor == tensor)
        }
    }

    @Test func readsFilesOfOtherWriters() throws {
        // Any order of the keys, either quotation mark, no comma at the end.
        let tensor = try NPYFile(
            bytes: file("{ \"shape\":(2,1) ,'fortran_order':False, 'descr':\"|u1\"}", [7, 8]),
            name: "memory"
        ).tensor
        #expect(tensor == [[7], [8]])
    }

    @Test(
        arguments: [
            "", "{", "{}", "[]", "{'descr': '<f4'}", "{'descr': '<f4', 'shape': (1,)}",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (1,)",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (1,)} x",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)}",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (1.0,)}",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (2,)}",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (0,)}",
            "{'descr': '<f4', 'fortran_order': 0, 'shape': (1,)}",
            "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (1,)}",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'more': 1}",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,)}",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387904, 4)}",
            "{'descr': '<f4', 'fortran_order': True, 'shape': (0, 4611686018427387904, 4)}",
        ])
    func refusesDamagedHeaders(header: String) {
        let error = #expect(throws: FileError.self) {
            try NPYFile(bytes: file(header, [0, 0, 0, 0]), name: "memory")
        }
        #expect(error?.code == .damaged)
        #expect(error?.location == "memory")
    }

    @Test func tellsWhichVersionItCannotRead() throws {
        var bytes = NPYFile(Tensor(zeros: [1])).encoded()
        bytes[6] = 9
        let error = #expect(throws: FileError.self) { try NPYFile(bytes: bytes, name: "memory") }
        #expect(error?.code == .unsupported)
        #expect(error?.message.contains("version 9") == true)
    }

    /// Cut off anywhere, the file is refused; with damaged bytes, it is refused or read.
    @Test func survivesDamage() throws {
        let bytes = NPYFile(Tensor.sample([2, 3])).encoded()
        for count in bytes.indices {
            #expect(throws: FileError.self) {
                try NPYFile(bytes: bytes[..<count], name: "memory")
            }
        }
        #expect(throws: FileError.self) { try NPYFile(bytes: bytes + [0], name: "memory") }
        damage(bytes, rounds: 20_000) { _ = try NPYFile(bytes: $0, name: "memory") }
    }

    private func file(_ header: String, _ data: [UInt8]) -> [UInt8] {
        [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8)
            + data
    }
}
