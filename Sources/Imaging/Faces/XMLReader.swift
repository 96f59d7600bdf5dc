import Files

/// Reads the subset of XML that cascade files keep to, from the first byte to the last: elements,
/// attributes, comments and plain text.
///
/// Document types, entities and CDATA are refused, so that no file is longer than it looks. Names
/// and texts are never copied: a cascade of a megabyte is read in milliseconds.
struct XMLReader {
    /// How deep elements may lie in each other.
    private static let depthLimit = 32

    /// The name of an element, which is valid as long as the file's bytes.
    struct Name {
        let bytes: Slice<UnsafeRawBufferPointer>

        static func ~= (pattern: StaticString, name: Name) -> Bool {
            name.bytes.elementsEqual(
                UnsafeBufferPointer(start: pattern.utf8Start, count: pattern.utf8CodeUnitCount))
        }
    }

    private let bytes: UnsafeRawBufferPointer
    private let location: String
    private var position = 0
    /// The names of the elements that the position lies in.
    private var open: [Name] = []
    /// Whether the innermost of them was closed by its own tag: `<name/>`.
    private var isEmptyElement = false
    /// The attribute `type_id` of the last tag; other attributes are passed over.
    private(set) var typeID: String?

    init(_ bytes: UnsafeRawBufferPointer, location: String) {
        self.bytes = bytes
        self.location = location
    }

    /// Enters the next element inside the one that the position lies in.
    ///
    /// - Returns: Its name, or `nil` where the outer element ended, which is left then.
    mutating func nextElement() throws(FileError) -> Name? {
        if isEmptyElement { return try leave() }
        while true {
            skipSpaces()
            guard let byte = peek() else {
                guard open.isEmpty else { throw damaged("the file is cut short") }
                return nil
            }
            guard byte == UInt8(ascii: "<") else {
                throw damaged("there is text where an element should begin")
            }
            position += 1
            switch peek() {
            case UInt8(ascii: "!"): try skipComment()
            case UInt8(ascii: "?"): try skip(past: "?>")
            case UInt8(ascii: "/"):
                position += 1
                return try readEndTag()
            default: return try readStartTag()
            }
        }
    }

    /// Passes over the rest of the element that the position lies in, and leaves it.
    mutating func skipElement() throws(FileError) {
        let depth = open.count
        while open.count >= depth {
            if !isEmptyElement {
                while let byte = peek(), byte != UInt8(ascii: "<") { position += 1 }
            }
            _ = try nextElement()
        }
    }

    /// The next number of the element's text, or `nil` at its end, where the element is left.
    ///
    /// The result is within a unit in the last place of a `Double`, which is much more than the
    /// single precision that cascades are computed in.
    mutating func nextNumber() throws(FileError) -> Double? {
        if isEmptyElement {
            _ = try leave()
            return nil
        }
        skipSpaces()
        if peek() == UInt8(ascii: "<") {
            guard try nextElement() == nil else {
                throw damaged("there is an element where a number should stand")
            }
            return nil
        }
        guard let number = scanNumber() else { throw damaged("there should be a number") }
        return number
    }

    /// The element's text, which is one word; leaves the element.
    mutating func word() throws(FileError) -> String {
        guard !isEmptyElement else { throw damaged("there should be a word") }
        skipSpaces()
        let start = position
        while let byte = peek(), byte > UInt8(ascii: " "), byte != UInt8(ascii: "<") {
            position += 1
        }
        let word = String(decoding: bytes[start..<position], as: UTF8.self)
        guard try nextElement() == nil else { throw damaged("there should be a word") }
        return word
    }

    /// The error of a file that is not as it should be, with the line that the position lies in.
    func damaged(_ reason: String) -> FileError {
        let line = 1 + bytes[..<position].count { $0 == UInt8(ascii: "\n") }
        return FileError(
            .damaged, at: "\(location), line \(line)", "cannot read the cascade: \(reason).")
    }

    private func peek() -> UInt8? {
        position < bytes.count ? bytes[position] : nil
    }

    private mutating func skipSpaces() {
        while position < bytes.count, bytes[position] <= UInt8(ascii: " ") { position += 1 }
    }

    private mutating func leave() throws(FileError) -> Name? {
        isEmptyElement = false
        open.removeLast()
        return nil
    }

    private mutating func skip(past mark: StaticString) throws(FileError) {
        let mark = UnsafeBufferPointer(start: mark.utf8Start, count: mark.utf8CodeUnitCount)
        while position + mark.count <= bytes.count {
            if bytes[position] == mark[0], bytes[position...].starts(with: mark) {
                position += mark.count
                return
            }
            position += 1
        }
        throw damaged("the file is cut short")
    }

    private mutating func skipComment() throws(FileError) {
        guard bytes[position...].starts(with: "!--".utf8) else {
            throw damaged("document types and CDATA sections are not read")
        }
        position += 3
        try skip(past: "-->")
    }

    private mutating func readName() throws(FileError) -> Name {
        let start = position
        while let byte = peek(), byte > UInt8(ascii: " "), byte != UInt8(ascii: ">"),
            byte != UInt8(ascii: "/"), byte != UInt8(ascii: "="), byte != UInt8(ascii: "<")
        {
            position += 1
        }
        guard position > start else { throw damaged("there should be a name") }
        return Name(bytes: bytes[start..<position])
    }

    private mutating func readStartTag() throws(FileError) -> Name {
        let name = try readName()
        typeID = nil
        while true {
            skipSpaces()
            switch peek() {
            case UInt8(ascii: ">"):
                position += 1
            case UInt8(ascii: "/"):
                position += 1
                guard peek() == UInt8(ascii: ">") else { throw damaged("there should be a >") }
                position += 1
                isEmptyElement = true
            default:
                try readAttribute()
                continue
            }
            guard open.count < Self.depthLimit else { throw damaged("elements lie too deep") }
            open.append(name)
            return name
        }
    }

    private mutating func readAttribute() throws(FileError) {
        let name = try readName()
        guard peek() == UInt8(ascii: "=") else { throw damaged("there should be a =") }
        position += 1
        guard let quote = peek(), quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
            throw damaged("there should be a quotation mark")
        }
        position += 1
        let start = position
        while let byte = peek(), byte != quote, byte != UInt8(ascii: "<") { position += 1 }
        guard peek() == quote else { throw damaged("there should be a quotation mark") }
        if "type_id" ~= name {
            typeID = String(decoding: bytes[start..<position], as: UTF8.self)
        }
        position += 1
    }

    private mutating func readEndTag() throws(FileError) -> Name? {
        let name = try readName()
        skipSpaces()
        guard peek() == UInt8(ascii: ">") else { throw damaged("there should be a >") }
        guard let last = open.last, name.bytes.elementsEqual(last.bytes) else {
            throw damaged("an end tag has another name than its start tag")
        }
        position += 1
        return try leave()
    }
}

extension XMLReader {
    /// Reads a decimal number with a point and an exponent where it has them: `-1.`, `4.01e-003`.
    private mutating func scanNumber() -> Double? {
        var isNegative = false
        if let sign = peek(), sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            isNegative = sign == UInt8(ascii: "-")
            position += 1
        }
        var digits = Digits()
        scan(into: &digits, afterPoint: false)
        if peek() == UInt8(ascii: ".") {
            position += 1
            scan(into: &digits, afterPoint: true)
        }
        guard digits.count > 0, let exponent = scanExponent() else { return nil }
        if let next = peek(), next > UInt8(ascii: " "), next != UInt8(ascii: "<") { return nil }
        let value = digits.value(exponent: exponent)
        return isNegative ? -value : value
    }

    private mutating func scan(into digits: inout Digits, afterPoint: Bool) {
        while let byte = peek(), byte &- UInt8(ascii: "0") < 10 {
            digits.append(byte &- UInt8(ascii: "0"), afterPoint: afterPoint)
            position += 1
        }
    }

    /// The exponent, 0 where there is none, or `nil` where it is no number.
    private mutating func scanExponent() -> Int? {
        guard peek() == UInt8(ascii: "e") || peek() == UInt8(ascii: "E") else { return 0 }
        position += 1
        var isNegative = false
        if let sign = peek(), sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            isNegative = sign == UInt8(ascii: "-")
            position += 1
        }
        let start = position
        var exponent = 0
        while let byte = peek(), byte &- UInt8(ascii: "0") < 10 {
            exponent = min(exponent * 10 + Int(byte &- UInt8(ascii: "0")), 10_000)
            position += 1
        }
        guard position > start else { return nil }
        return isNegative ? -exponent : exponent
    }
}

/// The digits of a decimal number, as many of them as an integer of 64 bits holds.
private struct Digits {
    private(set) var count = 0
    private var mantissa: UInt64 = 0
    private var exponent = 0

    private static let powersOfTen: [Double] = (0...40).map { power in
        (0..<power).reduce(1) { product, _ in product * 10 }
    }

    mutating func append(_ digit: UInt8, afterPoint: Bool) {
        count &+= 1
        if mantissa < 1_000_000_000_000_000_000 {
            mantissa = mantissa &* 10 &+ UInt64(digit)
            if afterPoint { exponent &-= 1 }
        } else if !afterPoint {
            exponent &+= 1
        }
    }

    func value(exponent: Int) -> Double {
        let exponent = self.exponent + exponent
        let table = Self.powersOfTen
        // What needs a larger power is 0 or infinite in single precision.
        if exponent < 0 { return Double(mantissa) / table[min(-exponent, table.count - 1)] }
        return Double(mantissa) * table[min(exponent, table.count - 1)]
    }
}
