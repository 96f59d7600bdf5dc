/// Reads the small texts at the start of array files, byte by byte.
///
/// All methods skip spaces first; those that return an optional leave the position where the text is
/// wrong.
struct TextScanner {
    /// Where the next byte is read.
    private(set) var position = 0

    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The next byte that is no space, without reading it; `nil` at the end.
    mutating func peek() -> Unicode.Scalar? {
        while position < bytes.count {
            switch Unicode.Scalar(bytes[position]) {
            case " ", "\t", "\n", "\r": position += 1
            default: return Unicode.Scalar(bytes[position])
            }
        }
        return nil
    }

    /// Reads one character if it comes next.
    mutating func accept(_ character: Unicode.Scalar) -> Bool {
        guard peek() == character else { return false }
        position += 1
        return true
    }

    /// Reads a word if it comes next.
    mutating func accept(word: String) -> Bool {
        _ = peek()
        guard bytes[position...].starts(with: word.utf8) else { return false }
        position += word.utf8.count
        return true
    }

    /// Reads an integer without a sign that an `Int` can hold.
    mutating func integer() -> Int? {
        _ = peek()
        let digits = bytes[position...].prefix { (0x30...0x39).contains($0) }
        guard let value = Int(String(decoding: digits, as: UTF8.self)) else { return nil }
        position += digits.count
        return value
    }

    /// Reads a text in quotation marks, with the escapes of JSON.
    mutating func text(in mark: Unicode.Scalar = "\"") -> String? {
        guard accept(mark) else { return nil }
        var content: [UInt8] = []
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch Unicode.Scalar(byte) {
            case mark:
                return String(validating: content, as: UTF8.self)
            case "\\":
                guard let scalar = escape() else { return nil }
                content.append(contentsOf: String(scalar).utf8)
            case "\0"..<" ":
                return nil
            default:
                content.append(byte)
            }
        }
        return nil
    }

    /// Reads what follows a backslash.
    private mutating func escape() -> Unicode.Scalar? {
        guard position < bytes.count else { return nil }
        let character = Unicode.Scalar(bytes[position])
        position += 1
        switch character {
        case "\"", "\\", "/": return character
        case "b": return "\u{8}"
        case "f": return "\u{C}"
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "u": return utf16Escape()
        default: return nil
        }
    }

    /// Reads four hexadecimal digits, and a second escape where they are half of a pair.
    private mutating func utf16Escape() -> Unicode.Scalar? {
        guard let unit = hexadecimalUnit() else { return nil }
        if let scalar = Unicode.Scalar(unit) { return scalar }
        guard bytes[position...].starts(with: "\\u".utf8) else { return nil }
        position += 2
        guard let second = hexadecimalUnit(), UTF16.isLeadSurrogate(unit),
            UTF16.isTrailSurrogate(second)
        else { return nil }
        return UTF16.decode(.init([unit, second]))
    }

    private mutating func hexadecimalUnit() -> UInt16? {
        let digits = bytes[position...].prefix(4)
        guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit })
        else { return nil }
        position += 4
        return UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    }
}
