public import Foundation

/// Reads comma-separated values row by row, as RFC 4180 describes them.
///
/// Fields may be quoted and hold commas, doubled quotes and line ends. A byte-order mark, CRLF line
/// ends and blank lines do not matter. The first row names the columns.
public struct CSVReader: Sendable {
    /// One row of values.
    public struct Row: Hashable, Sendable {
        /// The number of the row as a spreadsheet counts them: the names of the columns are row 1.
        public let number: Int
        /// The bytes of each field, without quotes.
        public let fields: [[UInt8]]

        /// A field as text; bytes that are not UTF-8 become the replacement character.
        ///
        /// - Complexity: O(*n*) in the length of the field.
        public subscript(column: Int) -> String { String(decoding: fields[column], as: UTF8.self) }

        /// A field as text, without spaces around it.
        ///
        /// - Complexity: O(*n*) in the length of the field.
        public func trimmed(_ column: Int) -> String {
            self[column].trimmingCharacters(in: .whitespaces)
        }

        /// The number of fields.
        public var count: Int { fields.count }
    }

    /// What messages call the file: its path.
    public let location: String
    /// The names of the columns without spaces around them.
    public private(set) var header: [String] = []

    private let bytes: any ContiguousBytes & Sendable
    private let end: Int
    private var position = 0
    private var rowNumber = 0

    /// Opens a file and reads the names of its columns.
    ///
    /// - Throws: `FileError` if it cannot be read or has no first row.
    public init(contentsOf url: URL) throws(FileError) {
        let file = try MappedFile(contentsOf: url)
        try self.init(bytes: file, name: url.path)
    }

    /// Reads the names of the columns from bytes.
    ///
    /// - Parameters:
    ///   - bytes: The whole file.
    ///   - name: What messages call it.
    /// - Throws: `FileError` if there is no first row.
    public init(bytes: some ContiguousBytes & Sendable, name: String) throws(FileError) {
        location = name
        self.bytes = bytes
        end = bytes.withUnsafeBytes(\.count)
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        if bytes.withUnsafeBytes({ $0.starts(with: mark) }) { position = mark.count }
        guard let first = try next() else {
            throw FileError(.damaged, at: name, "is empty. Its first row should name the columns.")
        }
        header = first.fields.indices.map(first.trimmed)
    }

    /// The position of the column with the given name.
    ///
    /// - Complexity: O(*n*) in the number of columns.
    public func column(_ name: String) -> Int? { header.firstIndex(of: name) }

    /// What messages call a row: the file and the row's number.
    public func place(of row: Row) -> String { "\(location), row \(row.number)" }

    /// Reads the next row that is not blank; `nil` at the end of the file.
    ///
    /// It need not have as many fields as there are columns.
    ///
    /// - Throws: `FileError` if a quote is never closed. Such a row runs to the end of the file.
    /// - Complexity: O(*n*) in the length of the row.
    public mutating func next() throws(FileError) -> Row? {
        while position < end {
            rowNumber += 1
            guard let fields = bytes.withUnsafeBytes({ Self.fields(in: $0, from: &position) })
            else {
                throw FileError(
                    .damaged, at: "\(location), row \(rowNumber)",
                    "has a quote that is never closed.")
            }
            if fields != [[]] { return Row(number: rowNumber, fields: fields) }
        }
        return nil
    }

    /// Reads one row and leaves `position` behind its line end; `nil` if a quote is not closed.
    private static func fields(
        in bytes: UnsafeRawBufferPointer, from position: inout Int
    ) -> [[UInt8]]? {
        var fields: [[UInt8]] = []
        while true {
            var field: [UInt8] = []
            if position < bytes.count, bytes[position] == quote {
                guard let text = quoted(in: bytes, from: &position) else { return nil }
                field = text
            }
            let start = position
            while position < bytes.count, !endsField(bytes[position]) { position += 1 }
            field += bytes[start..<position]
            fields.append(field)
            guard position < bytes.count else { return fields }
            let end = bytes[position]
            position += 1
            if end == comma { continue }
            if end == carriageReturn, position < bytes.count, bytes[position] == lineFeed {
                position += 1
            }
            return fields
        }
    }

    /// Reads what stands between two quotes, and leaves `position` behind the second.
    private static func quoted(
        in bytes: UnsafeRawBufferPointer, from position: inout Int
    ) -> [UInt8]? {
        var text: [UInt8] = []
        position += 1
        while true {
            let start = position
            while position < bytes.count, bytes[position] != quote { position += 1 }
            text += bytes[start..<position]
            guard position < bytes.count else { return nil }
            position += 1
            guard position < bytes.count, bytes[position] == quote else { return text }
            text.append(quote)
            position += 1
        }
    }

    private static let quote = UInt8(ascii: "\"")
    private static let comma = UInt8(ascii: ",")
    private static let carriageReturn = UInt8(ascii: "\r")
    private static let lineFeed = UInt8(ascii: "\n")

    private static func endsField(_ byte: UInt8) -> Bool {
        byte == comma || byte == lineFeed || byte == carriageReturn
    }
}
