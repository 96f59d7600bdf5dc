/// Splits bytes into rows and fields where they lie, as RFC 4180 describes them.
///
/// The bytes are not kept but given to each call, always the same ones. A field is a range of them;
/// only one with doubled quotes, or with text behind its closing quote, has to be copied to be read.
///
/// A quote is never closed if the field is longer than 131,072 bytes, or if it has several lines and
/// the quote that seems to end it stands inside other text. It ends with its line then, and reading
/// goes on behind that; up to where its end was looked for, quotes have to be closed on their line.
/// So one open quote costs one row, and no bytes are looked at again and again.
package struct CSVScanner: Sendable {
    /// What was found.
    package enum Outcome: Sendable {
        /// A row, which is not blank.
        case row
        /// A row with a quote that is never closed; it ends with its first line.
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

    /// Where to go on.
    package struct Place: Equatable, Sendable {
        /// Where the next row begins.
        package fileprivate(set) var position: Int
        /// Quotes that are opened before this are closed on their line, or never.
        fileprivate var fence: Int

        /// The beginning of a row of which no more is known.
        package init(_ position: Int) {
            self.position = position
            fence = position
        }
    }

    /// The most bytes that a field in quotes may have.
    private static let quoteLimit = 131_072

    /// Where the next row begins, or rows that an open quote hid.
    package private(set) var place: Place
    /// How many rows were begun, blank ones included.
    package private(set) var rowCount = 0

    private let limit: Int
    private var fields: [Field] = []

    /// Reads rows from one position to another.
    ///
    /// - Parameters:
    ///   - place: Where a row begins.
    ///   - limit: Where the bytes end, or are not to be looked at any more.
    package init(from place: Place, upTo limit: Int) {
        self.place = place
        self.limit = limit
    }

    /// Where the next row begins.
    package var position: Int { place.position }

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
            place.fence = max(place.fence, position)
            rowCount += 1
            let isBlank = fields.count == 1 && fields[0].start == fields[0].end
            if outcome != .row || !isBlank { return outcome }
        }
        return .end
    }

    /// Splits one row and leaves the place behind its line end.
    private mutating func split(_ base: UnsafePointer<UInt8>, isWhole: Bool) -> Outcome {
        fields.removeAll(keepingCapacity: true)
        var place = position
        while true {
            let start = place
            var text = start..<start
            var isPlain = true
            if place < limit, base[place] == quote {
                let reach = reach(ofQuoteAt: start, base)
                place += 1
                while true {
                    while place < reach, base[place] != quote { place += 1 }
                    guard place < reach else {
                        return reach < limit || isWhole
                            ? recover(base, fence: reach, isWhole: isWhole) : .cut
                    }
                    place += 1
                    guard place < limit, base[place] == quote else { break }
                    isPlain = false
                    place += 1
                }
                text = (start + 1)..<(place - 1)
            }
            let end = place
            if start < end, place < limit, !endsField(base[place]),
                lineEnd(from: start, to: end, base) < end
            {
                return recover(base, fence: end - 1, isWhole: isWhole)
            }
            while place < limit {
                if endsField(base[place]) { break }
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
                if isWhole { self.place.position = limit }
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
            self.place.position = place
            return .row
        }
    }

    /// Where the closing quote of a field has to come before.
    private func reach(ofQuoteAt start: Int, _ base: UnsafePointer<UInt8>) -> Int {
        let farthest = min(start + Self.quoteLimit, limit)
        return start < place.fence ? lineEnd(from: start, to: farthest, base) : farthest
    }

    /// Leaves the place behind the first line of the row.
    private mutating func recover(
        _ base: UnsafePointer<UInt8>, fence: Int, isWhole: Bool
    ) -> Outcome {
        var end = lineEnd(from: position, to: limit, base)
        // The line end may lie behind the limit, or half of it.
        guard isWhole || end + 1 < limit else { return .cut }
        if end < limit, base[end] == carriageReturn { end += 1 }
        if end < limit, base[end] == lineFeed { end += 1 }
        fields.removeAll(keepingCapacity: true)
        place.position = end
        place.fence = max(place.fence, fence)
        return .openQuote
    }

    /// Where the line ends, or the limit.
    private func lineEnd(from start: Int, to limit: Int, _ base: UnsafePointer<UInt8>) -> Int {
        var end = start
        while end < limit, base[end] != lineFeed, base[end] != carriageReturn { end += 1 }
        return end
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

/// Whether a byte ends a field that has no quotes.
@inline(__always)
private func endsField(_ byte: UInt8) -> Bool {
    // All three are at most a comma, few other bytes are.
    byte <= comma && (byte == comma || byte == lineFeed || byte == carriageReturn)
}
