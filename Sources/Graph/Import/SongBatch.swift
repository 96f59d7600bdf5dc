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

    /// `[songs, texts]`: the texts of a song one after the other, and where each ends.
    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    /// `[songs]`: -1 where there is none.
    private var years: [Int32] = []
    private var popularities: [Int32] = []

    private static let texts: [SongListColumns.Role] = [.id, .title, .artists, .genres, .emotions]

    /// The number of songs.
    var count: Int { years.count }

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
        let (firstFeature, firstByte, firstEnd) = (features.count, self.bytes.count, ends.count)
        let reason =
            addFeatures(of: row, in: bytes, columns) ?? addTexts(of: row, in: bytes, columns)
        if reason != nil {
            features.removeSubrange(firstFeature...)
            self.bytes.removeSubrange(firstByte...)
            ends.removeSubrange(firstEnd...)
            return reason
        }
        years.append(
            columns[.year].flatMap { column in
                row.withField(column, in: bytes, SongListText.year).flatMap(Int32.init(exactly:))
            } ?? -1)
        popularities.append(
            columns[.popularity].flatMap { column in
                row.withField(column, in: bytes, Double.init(decimal:))
                    .flatMap { Int32(exactly: $0.rounded()) }
            } ?? -1)
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

    private mutating func addTexts(
        of row: CSVScanner, in bytes: UnsafeRawBufferPointer, _ columns: SongListColumns
    ) -> String? {
        for role in Self.texts {
            let start = self.bytes.count
            if let column = columns[role] {
                row.withField(column, in: bytes) { addText($0) }
                if self.bytes.count == start, role == .id || role == .title {
                    return role == .id ? "has no id" : "has no title"
                }
            }
            ends.append(self.bytes.count)
        }
        return nil
    }

    /// Adds a text without spaces around it; controls, line ends among them, become spaces.
    private mutating func addText(_ text: UnsafeRawBufferPointer) {
        let start = bytes.count
        bytes.append(contentsOf: text.drop { $0 <= 0x20 })
        while bytes.count > start, bytes[bytes.count - 1] <= 0x20 { bytes.removeLast() }
        for index in start..<bytes.count where bytes[index] < 0x20 || bytes[index] == 0x7F {
            bytes[index] = 0x20
        }
    }
}

extension SongBatch {
    /// The features of a song.
    func features(of index: Int) -> ArraySlice<Double> {
        features[(index * SongFeatures.width)..<((index + 1) * SongFeatures.width)]
    }

    /// What the list says of a song besides its features.
    func song(_ index: Int) -> Song {
        let title = text(.title, of: index)
        let artists = text(.artists, of: index)
        let id = text(.id, of: index)
        return Song(
            id: id.isEmpty
                ? SongListText.id(artists: artists, title: title) : SongListText.id(id),
            title: title, artists: SongListText.names(artists),
            year: years[index] >= 0 ? Int(years[index]) : nil,
            genres: SongListText.names(text(.genres, of: index)),
            popularity: popularities[index] >= 0 ? Int(popularities[index]) : nil,
            emotions: SongListText.names(text(.emotions, of: index)))
    }

    private func text(_ role: SongListColumns.Role, of index: Int) -> String {
        // The texts stand in the order of the roles' raw values.
        let place = index * Self.texts.count + role.rawValue
        return String(
            decoding: bytes[(place == 0 ? 0 : ends[place - 1])..<ends[place]], as: UTF8.self)
    }
}
