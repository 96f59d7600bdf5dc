import Files
import Foundation
import Tensor
import Testing
import _TestSupport

@Suite struct NPZFileTests {
    @Test(arguments: ["stored.npz", "deflated.npz"])
    func readsWhatNumPyWrote(file: String) throws {
        let expected = try #require(try ExpectedArray.all()[file])
        let tensors = try NPZFile(contentsOf: fixtures.appending(path: file)).tensors
        #expect(Set(tensors.names) == Set(expected.keys))
        for (name, array) in expected {
            #expect(array.matches(try #require(tensors[name])), "\(file), \(name)")
        }
    }

    @Test(arguments: [NPZFile.Compression.stored, .deflated])
    func readsWhatItWrote(compression: NPZFile.Compression) throws {
        let tensors: NamedTensors = [
            "b": .sample([2, 3]), "a": .sample([]), "größe/2": .sample([0, 4]),
        ]
        try withTemporaryFolder { folder in
            let url = folder.appending(path: "tensors.npz")
            try NPZFile(tensors).write(to: url, compression: compression)
            #expect(try NPZFile(contentsOf: url).tensors == tensors)
            #expect(
                try NPZFile(bytes: Data(contentsOf: url), name: "memory").tensors == tensors)
        }
    }

    @Test func namesTheDamagedArray() throws {
        try withTemporaryFolder { folder in
            let url = folder.appending(path: "tensors.npz")
            var archive = ZipArchiveWriter()
            archive.add(name: "good.npy", bytes: NPYFile([1]).encoded())
            archive.add(name: "bad.npy", bytes: [1, 2, 3])
            try archive.write(to: url)
            let error = #expect(throws: FileError.self) { try NPZFile(contentsOf: url) }
            #expect(error?.location.hasSuffix("tensors.npz, bad.npy") == true)
        }
    }

    @Test func survivesDamage() throws {
        let url = fixtures.appending(path: "deflated.npz")
        let bytes = [UInt8](try Data(contentsOf: url))
        for count in bytes.indices {
            #expect(throws: FileError.self) {
                try NPZFile(bytes: Array(bytes[..<count]), name: "memory")
            }
        }
        damage(bytes, rounds: 5000) { _ = try NPZFile(bytes: $0, name: "memory") }
    }
}
