public import Files
public import Foundation

/// The tensors of an `.npz` file: a zip archive of `.npy` files.
public struct NPZFile: Sendable, Equatable {
    /// How the arrays are packed.
    public enum Compression: Sendable {
        /// As they are.
        case stored
        /// Compressed, losslessly.
        case deflated
    }

    private static let fileExtension = ".npy"

    /// The tensors in the order in which they lie in the file.
    public var tensors: NamedTensors

    /// Creates the contents of a file.
    public init(_ tensors: NamedTensors = [:]) {
        self.tensors = tensors
    }

    /// Reads a file, compressed or not.
    ///
    /// - Throws: `FileError` if the file cannot be read, is damaged, or holds elements of a type
    ///   that has no conversion.
    /// - Complexity: O(*n*) in the number of bytes of all tensors.
    public init(contentsOf url: URL) throws(FileError) {
        try self.init(ZipArchive(contentsOf: url))
    }

    /// Reads the bytes of a file, compressed or not.
    ///
    /// - Parameters:
    ///   - bytes: All bytes of the file.
    ///   - name: What messages call the file.
    /// - Throws: `FileError` if the bytes are damaged or hold elements of a type that has no
    ///   conversion.
    /// - Complexity: O(*n*) in the number of bytes of all tensors.
    public init(bytes: some ContiguousBytes, name: String) throws(FileError) {
        try self.init(ZipArchive(bytes: bytes, name: name))
    }

    private init(_ archive: ZipArchive) throws(FileError) {
        self.init()
        for entry in archive.entries where entry.name.hasSuffix(NPZFile.fileExtension) {
            let name = String(entry.name.dropLast(NPZFile.fileExtension.count))
            let place = "\(archive.location), \(entry.name)"
            guard tensors[name] == nil else {
                throw .damagedArray(at: place, "the archive holds this array twice.")
            }
            tensors[name] = try NPYFile(bytes: archive.read(entry), name: place).tensor
        }
    }

    /// Replaces a file; readers see either the old bytes or the new ones.
    ///
    /// - Throws: `FileError` if the file cannot be written.
    /// - Complexity: O(*n*) in the number of bytes of all tensors.
    public func write(to url: URL, compression: Compression = .stored) throws(FileError) {
        var archive = ZipArchiveWriter()
        for (name, tensor) in tensors {
            archive.add(
                name: name + NPZFile.fileExtension, bytes: NPYFile(tensor).encoded(),
                method: compression == .stored ? .stored : .deflated)
        }
        try archive.write(to: url)
    }
}
