/// Splits bytes into rows and fields where they lie, as RFC 4180 describes them.
///
/// The bytes are not kept but given to each call, always the same ones. A field is a range of them;
/// only one with doubled quotes, or with text behind its closing quote, has to be copied to be read.
/// A quote that is never closed ends with its line, and reading goes on behind that.
package struct CSVScanner: Sendable {
    /// What was found.
    package enum Outcome: Sendable {
        /// A row, which is not blank.
        case row
        /// A row with a quote that is never closed.
        case openQuote
        /// The row goes on behind the limit.
        case cut
        /// No row is left.
        case end
    }

    private struct Field {
        let start: Int
        let end: Int
        /// Whether the range is that of the text with its quotes.
        let isEscaped: Bool
    }

    /// Where the next row begins.
    package private(set) var position: Int
    /// How many rows were begun, blank ones included.
    package private(set) var rowCount = 0

    private let limit: Int
    private var fields: [Field] = []

    /// Reads rows from one position to another.
    ///
    /// - Parameters:
    ///   - position: Where a row begins.
    ///   - limit: Where the bytes end, or are not to be looked at any more.
    package init(from position: Int, upTo limit: Int) {
        self.position = position
        self.limit = limit
    }

    /// The number of fields of the row.
    package var count: Int { fields.count }

    /// Splits the next row that is not blank.
    ///
    /// - Complexity: O(*n*) in the length of the row.
    package mutating func next(in bytes: UnsafeRawBufferPointer) -> Outcome {
        guard let base = bytes.baseAddress else { return .end }
        precondition(limit <= bytes.count)
        while position < limit {
            let outcome = split(
                base.assumingMemoryBound(to: UInt8.self), isWhole: limit == bytes.count)
            if outcome == .cut { return .cut }
            rowCount += 1
            let isBlank = fields.count == 1 && fields[0].start == fields[0].end
            if outcome != .row || !isBlank { return outcome }
        }
        return .end
    }

    /// Splits one row and leaves `position` behind its line end.
    private mutating func split(_ base: UnsafePointer<UInt8>, isWhole: Bool) -> Outcome {
        fields.removeAll(keepingCapacity: true)
        var place = position
        while true {
            let start = place
            var text = start..<start
            var isPlain = true
            if place < limit, base[place] == quote {
                place += 1
                while true {
                    while place < limit, base[place] != quote { place += 1 }
                    guard place < limit else {
                        if isWhole { recover(base) }
                        return isWhole ? .openQuote : .cut
                    }
                    place += 1
                    guard place < limit, base[place] == quote else { break }
                    isPlain = false
                    place += 1
                }
                text = (start + 1)..<(place - 1)
            }
            let end = place
            // All three that end a field are at most a comma, few other bytes are.
            while place < limit {
                let byte = base[place]
                if byte <= comma, byte == comma || byte == lineFeed || byte == carriageReturn {
                    break
                }
                place += 1
            }
            if start == end {
                fields.append(Field(start: start, end: place, isEscaped: false))
            } else if isPlain, place == end {
                fields.append(Field(start: text.lowerBound, end: text.upperBound, isEscaped: false))
            } else {
                fields.append(Field(start: start, end: place, isEscaped: true))
            }
            guard place < limit else {
                if isWhole { position = limit }
                return isWhole ? .row : .cut
            }
            let byte = base[place]
            place += 1
            if byte == comma { continue }
            if byte == carriageReturn {
                // The line feed may lie behind the limit.
                guard place < limit || isWhole else { return .cut }
                if place < limit, base[place] == lineFeed { place += 1 }
            }
            position = place
            return .row
        }
    }

    /// Leaves `position` behind the end of the line.
    private mutating func recover(_ base: UnsafePointer<UInt8>) {
        fields.removeAll(keepingCapacity: true)
        while position < limit, base[position] != lineFeed, base[position] != carriageReturn {
            position += 1
        }
        if position < limit, base[position] == carriageReturn { position += 1 }
        if position < limit, base[position] == lineFeed { position += 1 }
    }
}

extension CSVScanner {
    /// Calls the body with the bytes of a field, without its quotes.
    ///
    /// - Complexity: O(1), or O(*n*) in the length of a field with doubled quotes.
    @inline(__always)
    package func withField<Result>(
        _ column: Int, in bytes: UnsafeRawBufferPointer,
        _ body: (UnsafeRawBufferPointer) -> Result
    ) -> Result {
        let field = fields[column]
        let range = UnsafeRawBufferPointer(rebasing: bytes[field.start..<field.end])
        return field.isEscaped ? Self.unescaped(range).withUnsafeBytes(body) : body(range)
    }

    /// What stands between quotes, doubled ones counting once, and behind them.
    private static func unescaped(_ field: UnsafeRawBufferPointer) -> [UInt8] {
        var text: [UInt8] = []
        var index = 1
        while index < field.count {
            if field[index] == quote {
                index += 1
                guard index < field.count, field[index] == quote else { break }
            }
            text.append(field[index])
            index += 1
        }
        return text + field.dropFirst(index)
    }
}

private let quote = UInt8(ascii: "\"")
private let comma = UInt8(ascii: ",")
private let carriageReturn = UInt8(ascii: "\r")
private let lineFeed = UInt8(ascii: "\n")
