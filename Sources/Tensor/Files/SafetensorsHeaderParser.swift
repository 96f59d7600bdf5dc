import Files
import Kernels

/// Reads the JSON that a safetensors header consists of, and nothing more general: an object of
/// tensors, whose nesting is known beforehand.
struct SafetensorsHeaderParser {
    private(set) var entries: [SafetensorsHeader.Entry] = []
    private(set) var metadata: [String: String] = [:]

    private var scanner: TextScanner
    private let location: String

    init(_ text: [UInt8], location: String) {
        scanner = TextScanner(text)
        self.location = location
    }

    /// Reads the whole header.
    mutating func parse() throws(FileError) {
        try parseObject { (parser, name) throws(FileError) in
            if name == SafetensorsHeader.metadataName {
                try parser.parseObject { (parser, key) throws(FileError) in
                    parser.metadata[key] = try parser.required(
                        parser.scanner.text(), "the text of \(key)")
                }
            } else {
                try parser.parseEntry(name)
            }
        }
        guard scanner.peek() == nil else { throw malformed("the end") }
    }

    private mutating func parseEntry(_ name: String) throws(FileError) {
        var type: String?
        var shape: [Int]?
        var offsets: [Int]?
        try parseObject { (parser, key) throws(FileError) in
            switch key {
            case "dtype": type = try parser.required(parser.scanner.text(), "a type")
            case "shape": shape = try parser.parseIntegers()
            case "data_offsets": offsets = try parser.parseIntegers()
            default: throw parser.malformed("dtype, shape or data_offsets instead of \(key)")
            }
        }
        let place = "\(location), tensor \(name)"
        guard let type, let shape, let offsets, offsets.count == 2 else {
            throw .damagedArray(
                at: place, "the header lacks its dtype, its shape or its two data_offsets.")
        }
        guard let elementType = ElementType(safetensorsName: type) else {
            throw FileError(
                .unsupported, at: place,
                "elements of type \(type) are not supported. Convert the tensor to F32.")
        }
        guard let size = elementType.byteCount(of: shape) else {
            throw .damagedArray(at: place, "the shape \(shape) is larger than any memory.")
        }
        guard offsets[0] <= offsets[1], offsets[1] - offsets[0] == size else {
            throw .damagedArray(
                at: place,
                "the shape \(shape) of \(type) needs \(size) bytes, but the offsets are \(offsets)."
            )
        }
        guard entries.count < SafetensorsHeader.tensorLimit else {
            throw .damagedArray(
                at: location, "there are more than \(SafetensorsHeader.tensorLimit) tensors.")
        }
        entries.append(
            .init(
                name: name, type: elementType, shape: Shape(shape),
                bytes: offsets[0]..<offsets[1]))
    }

    /// Reads an object; `member` reads the value of each key.
    private mutating func parseObject(
        _ member: (inout SafetensorsHeaderParser, _ key: String) throws(FileError) -> Void
    ) throws(FileError) {
        guard scanner.accept("{") else { throw malformed("{") }
        if scanner.accept("}") { return }
        var keys: Set<String> = []
        repeat {
            let key = try required(scanner.text(), "a name")
            guard keys.insert(key).inserted else {
                throw .damagedArray(at: location, "the name \(key) occurs twice in the header.")
            }
            guard scanner.accept(":") else { throw malformed(":") }
            try member(&self, key)
        } while scanner.accept(",")
        guard scanner.accept("}") else { throw malformed(", or }") }
    }

    private mutating func parseIntegers() throws(FileError) -> [Int] {
        guard scanner.accept("[") else { throw malformed("[") }
        if scanner.accept("]") { return [] }
        var values: [Int] = []
        repeat {
            values.append(try required(scanner.integer(), "a number"))
        } while scanner.accept(",")
        guard scanner.accept("]") else { throw malformed(", or ]") }
        return values
    }

    private func required<Value>(_ value: Value?, _ what: String) throws(FileError) -> Value {
        guard let value else { throw malformed(what) }
        return value
    }

    private func malformed(_ expected: String) -> FileError {
        .damagedArray(
            at: location, "byte \(scanner.position) of the header should be \(expected).")
    }
}

extension ElementType {
    /// The type with a name in safetensors files; `nil` if it has no conversion.
    fileprivate init?(safetensorsName name: String) {
        let types: [String: ElementType] = [
            "BOOL": .bool, "I8": .int8, "I16": .int16, "I32": .int32, "I64": .int64,
            "U8": .uint8, "U16": .uint16, "U32": .uint32, "U64": .uint64,
            "F16": .float16, "BF16": .bfloat16, "F32": .float32, "F64": .float64,
        ]
        guard let type = types[name] else { return nil }
        self = type
    }

    /// The number of bytes of an array, or `nil` if an `Int` cannot hold it.
    ///
    /// Lengths of 0 are left out of the check, so that no product of some of the lengths overflows
    /// later on either.
    func byteCount(of shape: [Int]) -> Int? {
        var size = byteCount
        for length in shape {
            let (product, overflow) = size.multipliedReportingOverflow(by: max(length, 1))
            if overflow { return nil }
            size = product
        }
        return shape.contains(0) ? 0 : size
    }
}
