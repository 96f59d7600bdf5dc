import Files

/// Songs of a part of a list, side by side: numbers as they are stored, texts in one piece.
struct SongBatch: Sendable {
    /// A row that is no song.
    struct BadRow: Sendable {
        /// How many rows of the part came before it.
        let index: Int
        /// What is wrong with it.
        let reason: String
    }

    /// Where the part begins and ends in the list.
    private(set) var range: Range<Int>
    /// How many rows there are, bad and blank ones included.
    private(set) var rowCount = 0
    /// `[songs, 13]`.
    private(set) var features: [Double] = []
    /// The first few bad rows.
    private(set) var badRows: [BadRow] = []
    /// How many bad rows there are.
    private(set) var badRowCount = 0
    /// `[13]`: how many songs have a value outside the usual range.
    private(set) var unusual = [Int](repeating: 0, count: SongFeatures.width)

    /// What the catalog stores of the songs.
    private(set) var records = SongRecords()

    /// The number of songs.
    var count: Int { records.count }

    /// Reads the rows that begin in a part of a list.
    ///
    /// - Parameters:
    ///   - part: Where the first row begins, and where no row begins any more.
    ///   - limit: A row that goes on behind it ends the reading; the end of the list for none.
    ///   - bytes: The list.
    ///   - columns: What stands where.
    init(
        _ part: Range<Int>, limit: Int, of bytes: UnsafeRawBufferPointer, _ columns: SongListColumns
    ) {
        range = part
        var scanner = CSVScanner(from: part.lowerBound, upTo: limit)
        while scanner.position < part.upperBound {
            let outcome = scanner.next(in: bytes)
            if outcome == .cut || outcome == .end { break }
            let reason =
                outcome == .openQuote
                ? "has a quote that is never closed" : add(scanner, of: bytes, columns)
            if let reason {
                if badRowCount < ImportReport.reasonLimit {
                    badRows.append(BadRow(index: scanner.rowCount - 1, reason: reason))
                }
                badRowCount += 1
            }
        }
        range = part.lowerBound..<scanner.position
        rowCount = scanner.rowCount
    }

    /// Adds the song of a row, or says why it is none.
    private mutating func add(
        _ row: CSVScanner, of bytes: UnsafeRawBufferPointer, _ columns: SongListColumns
    ) -> String? {
        guard row.count == columns.count else {
            return "has \(row.count) fields instead of \(columns.count)"
        }
        let reason =
            addFeatures(of: row, in: bytes, columns) ?? addTexts(of: row, in: bytes, columns)
        if reason != nil {
            features.removeSubrange((count * SongFeatures.width)...)
            records.dropOpenSong()
            return reason
        }
        records.endSong(
            year: columns[.year].flatMap { column in
                row.withField(column, in: bytes, SongListText.year)
            },
            popularity: columns[.popularity].flatMap { column in
                row.withField(column, in: bytes, Double.init(decimal:))
                    .flatMap { Int(exactly: $0.rounded()) }
            })
        return nil
    }

    private mutating func addFeatures(
        of row: CSVScanner, in bytes: UnsafeRawBufferPointer, _ columns: SongListColumns
    ) -> String? {
        for feature in AudioFeature.allCases {
            guard let column = columns.features[feature.rawValue] else {
                features.append(.nan)
                continue
            }
            guard let value = row.withField(column, in: bytes, Double.init(decimal:)) else {
                let text = row.withField(column, in: bytes) {
                    String(decoding: $0.prefix(20), as: UTF8.self)
                }
                return "the \(feature) is \"\(text)\", no finite number"
            }
            features.append(value)
            if !feature.usualRange.contains(value) { unusual[feature.rawValue] += 1 }
        }
        return nil
    }

    /// Adds the texts in the order in which records have them.
    private mutating func addTexts(
        of row: CSVScanner, in bytes: UnsafeRawBufferPointer, _ columns: SongListColumns
    ) -> String? {
        if let column = columns[.title] {
            row.withField(column, in: bytes) { records.add($0) }
        }
        if records.openText.isEmpty { return "has no title" }
        records.endText()
        for role in [SongListColumns.Role.artists, .genres, .emotions] {
            if let column = columns[role] {
                row.withField(column, in: bytes) { records.add($0) }
                if SongListText.hasSeveralNames(records.openText) {
                    let text = String(decoding: records.openText, as: UTF8.self)
                    records.replaceOpenText(with: NameList.text(SongListText.names(text)))
                }
            }
            records.endText()
        }
        if let column = columns[.id] {
            row.withField(column, in: bytes) { records.add($0) }
            if records.openText.contains(where: {
                $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "/")
            }) {
                let text = String(decoding: records.openText, as: UTF8.self)
                records.replaceOpenText(with: SongListText.id(text))
            }
            if records.openText.isEmpty { return "has no id" }
        } else {
            records.replaceOpenText(with: SongListText.id(of: records.openSong))
        }
        records.endText()
        return nil
    }
}

extension SongBatch {
    /// The features of a song.
    func features(of index: Int) -> ArraySlice<Double> {
        features[(index * SongFeatures.width)..<((index + 1) * SongFeatures.width)]
    }
}
