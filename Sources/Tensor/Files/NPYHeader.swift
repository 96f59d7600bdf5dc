import Files
import Kernels

/// The text at the start of an `.npy` file, checked.
///
/// Source: NumPy Enhancement Proposal 1 and the documentation of `numpy.lib.format`.
struct NPYHeader {
    static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

    let type: ElementType
    let isBigEndian: Bool
    let isFortranOrder: Bool
    let shape: Shape
    /// Where the numbers start in the file.
    let dataStart: Int

    /// Reads the header of a file.
    ///
    /// - Parameters:
    ///   - file: All bytes of the file.
    ///   - location: What messages call the file.
    /// - Throws: `FileError` if the file is damaged or holds elements that have no conversion.
    init(_ file: UnsafeRawBufferPointer, location: String) throws(FileError) {
        let text = try NPYHeader.text(of: file, location: location)
        dataStart = text.endIndex
        var parser = NPYHeaderParser(Array(file[text]), location: location)
        try parser.parse()
        guard let description = parser.type, let isFortranOrder = parser.isFortranOrder,
            let dimensions = parser.shape
        else {
            throw .damagedArray(
                at: location, "the header lacks descr, fortran_order or shape.")
        }
        guard let type = ElementType(numPyDescription: description) else {
            throw FileError(
                .unsupported, at: location,
                "elements of type \(description)\(NPYHeader.explanation(of: description)) are not "
                    + "supported. Convert the array with astype('float32').")
        }
        guard let size = type.byteCount(of: dimensions) else {
            throw .damagedArray(
                at: location, "the shape \(dimensions) is larger than any memory.")
        }
        guard size == file.count - dataStart else {
            throw .damagedArray(
                at: location,
                "the shape \(dimensions) of \(description) needs \(size) bytes behind the header, "
                    + "but there are \(file.count - dataStart).")
        }
        self.type = type
        isBigEndian = description.hasPrefix(">")
        self.isFortranOrder = isFortranOrder
        shape = Shape(dimensions)
    }

    /// Where the text of the header lies.
    private static func text(
        of file: UnsafeRawBufferPointer, location: String
    ) throws(FileError) -> Range<Int> {
        guard file.starts(with: magic), file.count >= 10 else {
            throw .damagedArray(at: location, "the file does not start as an .npy file does.")
        }
        let version = file[6]
        let start: Int
        let length: Int
        switch version {
        case 1:
            start = 10
            length = Int(
                UInt16(littleEndian: file.loadUnaligned(fromByteOffset: 8, as: UInt16.self)))
        case 2, 3:
            start = 12
            guard file.count >= start else {
                throw .damagedArray(at: location, "the file ends inside its header.")
            }
            length = Int(
                UInt32(littleEndian: file.loadUnaligned(fromByteOffset: 8, as: UInt32.self)))
        default:
            throw FileError(
                .unsupported, at: location,
                "version \(version) of the .npy format is not supported. Write it with version 1, "
                    + "2 or 3.")
        }
        guard length <= file.count - start else {
            throw .damagedArray(at: location, "the file ends inside its header.")
        }
        return start..<start + length
    }

    /// What a type that is refused stands for, in parentheses.
    private static func explanation(of description: String) -> String {
        switch description.drop(while: { "<>|=".contains($0) }).first {
        case "O": " (Python objects)"
        case "c": " (complex numbers)"
        case "S", "a": " (byte strings)"
        case "U": " (text)"
        case "V": " (raw bytes)"
        case "M", "m": " (times)"
        case "f": " (extended precision)"
        default: ""
        }
    }
}

extension ElementType {
    /// The type with a name such as `<f4`; `nil` if it has no conversion.
    fileprivate init?(numPyDescription description: String) {
        let types: [Substring: ElementType] = [
            "b1": .bool, "i1": .int8, "i2": .int16, "i4": .int32, "i8": .int64,
            "u1": .uint8, "u2": .uint16, "u4": .uint32, "u8": .uint64,
            "f2": .float16, "f4": .float32, "f8": .float64,
        ]
        guard let order = description.first, "<>|=".contains(order),
            let type = types[description.dropFirst()], order != "|" || type.byteCount == 1
        else { return nil }
        self = type
    }
}
