import Files

/// Reads the Python dictionary that an `.npy` header consists of, and nothing more general.
struct NPYHeaderParser {
    private(set) var type: String?
    private(set) var isFortranOrder: Bool?
    private(set) var shape: [Int]?

    private var scanner: TextScanner
    private let location: String

    init(_ text: [UInt8], location: String) {
        scanner = TextScanner(text)
        self.location = location
    }

    /// Reads the whole header.
    mutating func parse() throws(FileError) {
        guard scanner.accept("{") else { throw malformed("{") }
        while !scanner.accept("}") {
            let key = try parseText("a name")
            guard scanner.accept(":") else { throw malformed(":") }
            switch key {
            case "descr" where type == nil: type = try parseType()
            case "fortran_order" where isFortranOrder == nil: isFortranOrder = try parseBool()
            case "shape" where shape == nil: shape = try parseTuple()
            default: throw malformed("one each of descr, fortran_order and shape, not \(key)")
            }
            guard scanner.accept(",") || scanner.peek() == "}" else { throw malformed(", or }") }
        }
        guard scanner.peek() == nil else { throw malformed("the end") }
    }

    private mutating func parseType() throws(FileError) -> String {
        guard scanner.peek() != "[" else {
            throw FileError(
                .unsupported, at: location,
                "structured elements are not supported. Save each field as an array of its own.")
        }
        return try parseText("a type")
    }

    private mutating func parseBool() throws(FileError) -> Bool {
        if scanner.accept(word: "True") { return true }
        if scanner.accept(word: "False") { return false }
        throw malformed("True or False")
    }

    private mutating func parseTuple() throws(FileError) -> [Int] {
        guard scanner.accept("(") else { throw malformed("(") }
        var values: [Int] = []
        while !scanner.accept(")") {
            guard let value = scanner.integer() else { throw malformed("a number or )") }
            values.append(value)
            guard scanner.accept(",") || scanner.peek() == ")" else { throw malformed(", or )") }
        }
        return values
    }

    private mutating func parseText(_ what: String) throws(FileError) -> String {
        let mark: Unicode.Scalar = scanner.peek() == "\"" ? "\"" : "'"
        guard let text = scanner.text(in: mark) else { throw malformed(what) }
        return text
    }

    private func malformed(_ expected: String) -> FileError {
        .damagedArray(
            at: location, "byte \(scanner.position) of the header should be \(expected).")
    }
}
