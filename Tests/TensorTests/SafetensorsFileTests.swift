import Files
import Foundation
import Tensor
import Testing
import _TestSupport

@Suite struct SafetensorsFileTests {
    @Test(arguments: ["types.safetensors", "bfloat16.safetensors"])
    func readsWhatThePackageWrote(file: String) throws {
        let expected = try #require(try ExpectedArray.all()[file])
        let contents = try SafetensorsFile(contentsOf: fixtures.appending(path: file))
        #expect(Set(contents.tensors.names) == Set(expected.keys))
        for (name, array) in expected {
            #expect(array.matches(try #require(contents.tensors[name])), "\(file), \(name)")
        }
    }

    @Test func readsMetadata() throws {
        let url = fixtures.appending(path: "types.safetensors")
        #expect(
            try SafetensorsFile(contentsOf: url).metadata
                == ["format": "np", "note": "größer\t\\ 😀"])
    }

    @Test func refusesOtherTypesByName() throws {
        let url = fixtures.appending(path: "float8.safetensors")
        let error = #expect(throws: FileError.self) { try SafetensorsFile(contentsOf: url) }
        #expect(error?.code == .unsupported)
        #expect(error?.location.hasSuffix("float8.safetensors, tensor raw") == true)
        #expect(error?.message.contains("F8_E4M3") == true)
    }

    private let sample = SafetensorsFile(
        tensors: [
            "conv/filter": .sample([3, 3, 1, 2]), "bias": .sample([2]), "step": Tensor(scalar: 7),
            "none": Tensor(zeros: [0, 5]), "odd \"name\"\n\u{1}\\ ü😀": .sample([5]),
        ],
        metadata: ["z": "", "a": "{\"layers\": [\"ü\\n\"]}\n\t\u{7f}"])

    @Test func readsWhatItWrote() throws {
        let bytes = sample.encoded()
        #expect(try SafetensorsFile(bytes: bytes, name: "memory") == sample)
        #expect(sample.encoded() == bytes)
        try withTemporaryFolder { folder in
            let url = folder.appending(path: "sample.safetensors")
            try sample.write(to: url)
            #expect(try Data(contentsOf: url) == Data(bytes))
            #expect(try SafetensorsFile(contentsOf: url) == sample)
        }
        let empty = SafetensorsFile()
        #expect(try SafetensorsFile(bytes: empty.encoded(), name: "memory") == empty)
    }

    @Test func storesHalfPrecision() throws {
        let bytes = sample.encoded(as: .float16)
        let read = try SafetensorsFile(bytes: bytes, name: "memory")
        #expect(read.tensors.names == sample.tensors.names)
        #expect(read.metadata == sample.metadata)
        for (name, tensor) in sample.tensors {
            let half = try #require(read.tensors[name])
            #expect(half.isApproximatelyEqual(to: tensor, relativeTolerance: 0x1p-11))
        }
        // What is a half already, comes back as it was.
        #expect(try SafetensorsFile(bytes: read.encoded(as: .float16), name: "memory") == read)
    }

    @Test func theHeaderIsAsDescribed() throws {
        let file = SafetensorsFile(
            tensors: ["b": [[1, 2]], "a": [3]], metadata: ["k": "v", "f": "g"])
        let header = """
            {"__metadata__":{"f":"g","k":"v"},\
            "b":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},\
            "a":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}
            """
        let bytes = file.encoded()
        let length = Int(bytes[0]) + Int(bytes[1]) << 8
        #expect(length % 8 == 0)
        let text = String(decoding: bytes[8..<8 + length], as: UTF8.self)
        #expect(text.trimmingCharacters(in: .whitespaces) == header)
        #expect(bytes.count == 8 + length + 12)
        #expect(Array(bytes.suffix(4)) == [0, 0, 0x40, 0x40])
    }

    /// Headers that lie, each with what the message must say of it; 8 bytes of data follow.
    static let lies: [(String, String)] = [
        ("", "does not start with {"),
        (" {}", "does not start with {"),
        ("[]", "does not start with {"),
        ("{", "byte 1"),
        ("{} x", "should be the end"),
        ("{}", "the tensors need 0 bytes behind the header, but there are 8"),
        (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},}"#, "should be a name"),
        (#"{"a":1}"#, "should be {"),
        (#"{"a":{"dtype":"F32","shape":[2]}}"#, "tensor a: the header lacks"),
        (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}}"#, "tensor a: the header lacks"),
        (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"x":1}}"#, "instead of x"),
        (
            #"{"a":{"dtype":"F32","shape":[2],"shape":[2],"data_offsets":[0,8]}}"#,
            "the name shape occurs twice"
        ),
        (
            #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"#
                + #""a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
            "the name a occurs twice"
        ),
        (
            #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"#
                + #""\u0061":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
            "the name a occurs twice"
        ),
        (#"{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}"#, "should be a number"),
        (#"{"a":{"dtype":"F32","shape":[2.0],"data_offsets":[0,8]}}"#, "should be , or ]"),
        (#"{"a":{"dtype":"F32","shape":[[2]],"data_offsets":[0,8]}}"#, "should be a number"),
        (#"{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}"#, "needs 12 bytes"),
        (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}"#, "needs 8 bytes"),
        (
            #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#,
            "the tensors need 4 bytes behind the header, but there are 8"
        ),
        (
            #"{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}"#,
            "the tensors need 16 bytes behind the header, but there are 8"
        ),
        (
            #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
            "tensor a: its bytes start at 4, not at 0"
        ),
        (
            #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"#
                + #""b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
            "tensor b: its bytes start at 4, not at 8"
        ),
        (
            #"{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,8]}}"#,
            "larger than any memory"
        ),
        (
            #"{"a":{"dtype":"F32","shape":[0,4611686018427387904,4],"data_offsets":[0,0]}}"#,
            "larger than any memory"
        ),
        (
            #"{"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,8]}}"#,
            "should be a number"
        ),
        (#"{"a":{"dtype":"F33","shape":[2],"data_offsets":[0,8]}}"#, "F33"),
        (#"{"__metadata__":{"a":1}}"#, "should be the text of a"),
        (#"{"__metadata__":{"a":"b","a":"c"}}"#, "the name a occurs twice"),
        ("{\"a\n\":1}", "should be a name"),
        (#"{"\x":1}"#, "should be a name"),
        (#"{"\ud800":1}"#, "should be a name"),
        (#"{"\ud800\u0041":1}"#, "should be a name"),
        (#"{"\u12"#, "should be a name"),
        (#"{"\"#, "should be a name"),
    ]

    @Test(arguments: lies)
    func refusesLies(header: String, message: String) {
        let error = #expect(throws: FileError.self) {
            try SafetensorsFile(bytes: file(header), name: "memory")
        }
        #expect(error?.location.hasPrefix("memory") == true)
        let text = error?.description ?? ""
        #expect(text.contains(message), "\(text)")
    }

    @Test func refusesLengthsThatLie() {
        for (length, message) in [
            (UInt64.max, "the limit is 100000000"), (100_000_001, "the limit is 100000000"),
            (100_000_000, "the file ends after 10"), (11, "the file ends after 10"),
        ] {
            let bytes =
                withUnsafeBytes(of: length.littleEndian) { Array($0) } + Array("{}        ".utf8)
            let error = #expect(throws: FileError.self) {
                try SafetensorsFile(bytes: bytes, name: "memory")
            }
            #expect(error?.message.contains(message) == true)
        }
    }

    @Test func refusesHeadersThatAreNotUTF8() {
        var bytes = file(#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#)
        bytes[10] = 0xFF
        let error = #expect(throws: FileError.self) {
            try SafetensorsFile(bytes: bytes, name: "memory")
        }
        #expect(error?.message.contains("UTF-8") == true)
    }

    @Test func tensorsNeedNotBeInOrder() throws {
        let bytes = file(
            #"{ "b" : {"shape":[1],"data_offsets":[4,8],"dtype":"F32"},"#
                + #""a":{"dtype":"F32","shape":[],"data_offsets":[0,4]} }  "#)
        let tensors = try SafetensorsFile(bytes: bytes, name: "memory").tensors
        #expect(tensors.names == ["a", "b"])
        #expect(tensors["a"]?.shape == [])
    }

    /// Cut off anywhere, the file is refused; with damaged bytes, it is refused or read.
    @Test func survivesDamage() throws {
        let bytes = sample.encoded()
        for count in bytes.indices {
            #expect(throws: FileError.self) {
                try SafetensorsFile(bytes: bytes[..<count], name: "memory")
            }
        }
        #expect(throws: FileError.self) {
            try SafetensorsFile(bytes: bytes + [0], name: "memory")
        }
        damage(bytes, rounds: 50_000) { _ = try SafetensorsFile(bytes: $0, name: "memory") }
    }

    private func file(_ header: String) -> [UInt8] {
        withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Array($0) }
            + Array(header.utf8) + [UInt8](repeating: 0, count: 8)
    }
}
