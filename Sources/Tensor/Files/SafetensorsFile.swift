public import Files
public import Foundation
import Kernels

/// The tensors and texts of a safetensors file.
///
/// Elements of the types F64, F32, F16, BF16, I8 to I64, U8 to U64 and BOOL are converted to the
/// nearest `Float`; others are refused.
public struct SafetensorsFile: Sendable, Equatable {
    /// How numbers are stored.
    public enum Precision: Sendable {
        /// Four bytes an element, exactly as in memory.
        case float32
        /// Two bytes an element: 11 significant bits, infinity above 65,504.
        case float16
    }

    /// The tensors in the order in which they lie in the file.
    public var tensors: NamedTensors
    /// Texts that go with the tensors.
    public var metadata: [String: String]

    /// Creates the contents of a file.
    public init(tensors: NamedTensors = [:], metadata: [String: String] = [:]) {
        self.tensors = tensors
        self.metadata = metadata
    }

    /// Reads a file.
    ///
    /// - Throws: `FileError` if the file cannot be read, is damaged, or holds elements of a type
    ///   that has no conversion.
    /// - Complexity: O(*n*) in the number of bytes.
    public init(contentsOf url: URL) throws(FileError) {
        try self.init(
            bytes: MappedFile(contentsOf: url), name: url.path(percentEncoded: false))
    }

    /// Reads the bytes of a file.
    ///
    /// - Parameters:
    ///   - bytes: All bytes of the file.
    ///   - name: What messages call the file.
    /// - Throws: `FileError` if the bytes are damaged or hold elements of a type that has no
    ///   conversion.
    /// - Complexity: O(*n*) in the number of bytes.
    public init(bytes: some ContiguousBytes, name: String) throws(FileError) {
        self = try bytes.withUnsafeBytes { file in
            Result { () throws(FileError) in try SafetensorsFile(file, location: name) }
        }.get()
    }

    private init(_ file: UnsafeRawBufferPointer, location: String) throws(FileError) {
        let header = try SafetensorsHeader(file, location: location)
        self.init(metadata: header.metadata)
        for entry in header.entries {
            let start = header.dataStart + entry.bytes.lowerBound
            tensors[entry.name] = Tensor(
                decoding: UnsafeRawBufferPointer(rebasing: file[start...]), type: entry.type,
                shape: entry.shape)
        }
    }

    /// Replaces a file; readers see either the old bytes or the new ones.
    ///
    /// - Throws: `FileError` if the file cannot be written.
    /// - Complexity: O(*n*) in the number of bytes.
    public func write(to url: URL, as precision: Precision = .float32) throws(FileError) {
        try AtomicFile.write(encoded(as: precision), to: url)
    }
}
