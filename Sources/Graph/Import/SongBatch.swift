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

    /// Where the part begins in the list.
    let start: CSVScanner.Place
    /// Where it ends, behind its last row.
    private(set) var end: CSVScanner.Place
    /// How many rows there are, bad and blank ones included.
    private(set) var rowCount = 0
    /// `[songs, 13]`.
    private(set) var features: [Double] = []
    /// The first few bad rows.
    private(set) var badRows: [BadRow] = []
    /// How many bad rows there are.
    private(set) var badRowCount = 0
    /// `[songs]`: a bit for each feature whose value is outside the usual range.
    private(set) var unusual: [UInt16] = []

    /// What the catalog stores of the songs.
    private(set) var records = SongRecords()

    /// The bytes of the rows.
    var range: Range<Int> { start.position..<end.position }

    /// The number of songs.
    var count: Int { records.count }

    /// Reads the rows that begin in a part of a list.
    ///
    /// - Parameters:
    ///   - start: Where the first row begins.
    ///   - end: Where no row begins any more.
    ///   - limit: A row that goes on behind it ends the reading; the end of the list for none.
    ///   - bytes: The list.
    ///   - columns: What stands where.
    init(
        from start: CSVScanner.Place, to end: Int, limit: Int,
        of bytes: UnsafeRawBufferPointer, _ columns: SongListColumns
    ) {
        self.start = start
        self.end = start
        var scanner = CSVScanner(from: start, upTo: limit)
        while scanner.position < end {
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
        self.end = scanner.place
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
            unusual.removeSubrange(count...)
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
                    .flatMap { (0...100).contains($0) ? Int($0.rounded()) : nil }
            })
        return nil
    }

    private mutating func addFeatures(
        of row: CSVScanner, in bytes: UnsafeRawBufferPointer, _ columns: SongListColumns
    ) -> String? {
        var odd: UInt16 = 0
        defer { unusual.append(odd) }
        for feature in AudioFeature.allCases {
            guard let column = columns.features[feature.rawValue] else {
                features.append(.nan)
                continue
            }
            let value = row.withField(column, in: bytes) {
                Double(decimal: $0) ?? SongListText.value($0, of: feature)
            }
            guard let value else {
                let text = row.withField(column, in: bytes) {
                    String(decoding: $0.prefix(20), as: UTF8.self)
                }
                return "the \(feature) is \"\(text)\", no finite number"
            }
            features.append(value)
            if !feature.usualRange.contains(value) { odd |= 1 << feature.rawValue }
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
            records.replaceOpenText(
                with: SongListText.id(title: records.openText(0), artists: records.openText(1)))
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
