import Files
import Kernels

/// The text at the start of a safetensors file: what is where, checked.
///
/// The file may come from anywhere, so that nothing is reserved for a tensor before its size is known
/// to be there, and the tensors must fill the file without gaps and overlaps.
///
/// Source: the format's description, <https://github.com/huggingface/safetensors>.
struct SafetensorsHeader {
    /// One tensor.
    struct Entry {
        var name: String
        var type: ElementType
        var shape: Shape
        /// The bytes, counted from the end of the header.
        var bytes: Range<Int>
    }

    /// The largest header that is read, in bytes, as in the reference implementation.
    static let sizeLimit = 100_000_000
    /// The largest number of tensors that is read.
    static let tensorLimit = 1_000_000
    /// The name of the entry that holds texts instead of a tensor.
    static let metadataName = "__metadata__"
    /// The number of bytes in front of the header, which hold its length.
    static let lengthSize = 8

    /// The tensors in the order of their bytes.
    private(set) var entries: [Entry] = []
    /// The texts that came with the tensors.
    private(set) var metadata: [String: String] = [:]
    /// Where the numbers start in the file.
    let dataStart: Int

    /// Reads the header of a file.
    ///
    /// - Parameters:
    ///   - file: All bytes of the file.
    ///   - location: What messages call the file.
    /// - Throws: `FileError` if the file is damaged or holds elements that have no conversion.
    init(_ file: UnsafeRawBufferPointer, location: String) throws(FileError) {
        let text = try SafetensorsHeader.text(of: file, location: location)
        dataStart = SafetensorsHeader.lengthSize + text.count
        var parser = SafetensorsHeaderParser(text, location: location)
        try parser.parse()
        entries = parser.entries.sorted {
            ($0.bytes.lowerBound, $0.bytes.upperBound) < ($1.bytes.lowerBound, $1.bytes.upperBound)
        }
        metadata = parser.metadata
        try checkLayout(dataSize: file.count - dataStart, location: location)
    }

    private static func text(
        of file: UnsafeRawBufferPointer, location: String
    ) throws(FileError) -> [UInt8] {
        func damaged(_ message: String) -> FileError { .damagedArray(at: location, message) }
        guard file.count >= lengthSize else {
            throw damaged("the file has \(file.count) bytes, too few for a safetensors header.")
        }
        let length = UInt64(littleEndian: file.loadUnaligned(as: UInt64.self))
        guard length <= sizeLimit else {
            throw damaged(
                "this is no safetensors file: its header would have \(length) bytes, the limit is "
                    + "\(sizeLimit).")
        }
        guard length <= file.count - lengthSize else {
            throw damaged(
                "the header claims to have \(length) bytes, but the file ends after "
                    + "\(file.count - lengthSize).")
        }
        let text = [UInt8](file[lengthSize..<lengthSize + Int(length)])
        guard text.first == UInt8(ascii: "{") else {
            throw damaged("the header does not start with {; is this a safetensors file?")
        }
        guard String(validating: text, as: UTF8.self) != nil else {
            throw damaged("the header is not valid UTF-8.")
        }
        return text
    }

    private func checkLayout(dataSize: Int, location: String) throws(FileError) {
        var end = 0
        for entry in entries {
            guard entry.bytes.lowerBound == end else {
                throw .damagedArray(
                    at: "\(location), tensor \(entry.name)",
                    "its bytes start at \(entry.bytes.lowerBound), not at \(end), where those of "
                        + "the tensor before it end.")
            }
            end = entry.bytes.upperBound
        }
        guard end == dataSize else {
            throw .damagedArray(
                at: location,
                "the tensors need \(end) bytes behind the header, but there are \(dataSize).")
        }
    }
}

extension FileError {
    /// The error for bytes that are not what an array file should hold.
    static func damagedArray(at location: String, _ message: String) -> FileError {
        FileError(.damaged, at: location, "\(message) Copy or write the file again.")
    }
}
