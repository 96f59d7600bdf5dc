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

        /// The bytes of all fields, without quotes.
        private var bytes: [UInt8] = []
        /// Where each field ends.
        private var ends: [Int] = []

        fileprivate init(_ scanner: CSVScanner, in bytes: UnsafeRawBufferPointer) {
            number = scanner.rowCount
            for column in 0..<scanner.count {
                scanner.withField(column, in: bytes) { self.bytes.append(contentsOf: $0) }
                ends.append(self.bytes.count)
            }
        }

        /// The bytes of a field.
        public func bytes(_ column: Int) -> ArraySlice<UInt8> {
            bytes[(column == 0 ? 0 : ends[column - 1])..<ends[column]]
        }

        /// A field as text; bytes that are not UTF-8 become the replacement character.
        ///
        /// - Complexity: O(*n*) in the length of the field.
        public subscript(column: Int) -> String { String(decoding: bytes(column), as: UTF8.self) }

        /// A field as text, without spaces around it.
        ///
        /// - Complexity: O(*n*) in the length of the field.
        public func trimmed(_ column: Int) -> String {
            self[column].trimmingCharacters(in: .whitespaces)
        }

        /// The number of fields.
        public var count: Int { ends.count }
    }

    /// What messages call the file: its path.
    public let location: String
    /// The names of the columns without spaces around them.
    public private(set) var header: [String] = []

    /// The whole file, for those who split it themselves.
    package let bytes: any ContiguousBytes & Sendable
    /// Stands at the next row.
    package private(set) var scanner: CSVScanner

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
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        scanner = bytes.withUnsafeBytes { bytes in
            CSVScanner(
                from: CSVScanner.Place(bytes.starts(with: mark) ? mark.count : 0),
                upTo: bytes.count)
        }
        guard let first = try next() else {
            throw FileError(.damaged, at: name, "is empty. Its first row should name the columns.")
        }
        header = (0..<first.count).map(first.trimmed)
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
    /// - Throws: `FileError` if a quote is never closed; reading may go on at the next line.
    /// - Complexity: O(*n*) in the length of the row.
    public mutating func next() throws(FileError) -> Row? {
        let (outcome, row) = bytes.withUnsafeBytes { bytes in
            let outcome = scanner.next(in: bytes)
            return (outcome, outcome == .row ? Row(scanner, in: bytes) : nil)
        }
        guard outcome != .openQuote else {
            throw FileError(
                .damaged, at: "\(location), row \(scanner.rowCount)",
                "has a quote that is never closed.")
        }
        return row
    }
}
