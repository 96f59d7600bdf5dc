public import Files
public import Foundation
import Kernels

/// The tensor of an `.npy` file, NumPy's format for one array.
///
/// Floating-point numbers of 2, 4 and 8 bytes, integers of 1 to 8 bytes and truth values in either
/// byte order are converted to the nearest `Float`; other types are refused. Files are written with
/// little-endian 4-byte numbers in row-major order.
public struct NPYFile: Sendable, Equatable {
    /// The array.
    public var tensor: Tensor

    /// Creates the contents of a file.
    public init(_ tensor: Tensor) {
        self.tensor = tensor
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
            Result { () throws(FileError) in try NPYFile(file, location: name) }
        }.get()
    }

    private init(_ file: UnsafeRawBufferPointer, location: String) throws(FileError) {
        let header = try NPYHeader(file, location: location)
        let data = UnsafeRawBufferPointer(rebasing: file[header.dataStart...])
        let shape = header.isFortranOrder ? Shape(header.shape.reversed()) : header.shape
        let stored = Tensor(
            decoding: data, type: header.type, bigEndian: header.isBigEndian, shape: shape)
        tensor = header.isFortranOrder ? stored.transposed() : stored
    }

    /// The bytes of a file with this tensor.
    ///
    /// - Complexity: O(*n*) in the number of bytes.
    public func encoded() -> [UInt8] {
        let axes = tensor.shape.map { "\($0)," }.joined(separator: " ")
        let text = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(axes)), }"
        // The numbers start at a multiple of 64 bytes.
        let prefix = NPYHeader.magic.count + 4
        let padding = 63 - (prefix + text.utf8.count) % 64
        let header = Array((text + String(repeating: " ", count: padding) + "\n").utf8)
        let length = [UInt8(header.count & 0xFF), UInt8(header.count >> 8)]
        let numbers = tensor.withUnsafeElements { Array(UnsafeRawBufferPointer($0)) }
        return NPYHeader.magic + [1, 0] + length + header + numbers
    }

    /// Replaces a file; readers see either the old bytes or the new ones.
    ///
    /// - Throws: `FileError` if the file cannot be written.
    /// - Complexity: O(*n*) in the number of bytes.
    public func write(to url: URL) throws(FileError) {
        try AtomicFile.write(encoded(), to: url)
    }
}
