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
    /// Where the next byte is read.
    var position = 0
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

    /// The element's text, which is one word, cut to 40 bytes; leaves the element.
    mutating func word() throws(FileError) -> String {
        guard !isEmptyElement else { throw damaged("there should be a word") }
        skipSpaces()
        let start = position
        while let byte = peek(), byte > UInt8(ascii: " "), byte != UInt8(ascii: "<") {
            position += 1
        }
        let word = String(decoding: bytes[start..<position].prefix(40), as: UTF8.self)
        guard try nextElement() == nil else { throw damaged("there should be a word") }
        return word
    }

    /// The error of a file that is not as it should be, with the line that the position lies in.
    func damaged(_ reason: String) -> FileError {
        let line = 1 + bytes[..<position].count { $0 == UInt8(ascii: "\n") }
        return FileError(
            .damaged, at: "\(location), line \(line)", "cannot read the cascade: \(reason).")
    }

    /// The next byte, without reading it; `nil` at the end.
    func peek() -> UInt8? {
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
