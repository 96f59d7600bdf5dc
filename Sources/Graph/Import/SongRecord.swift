import Tensor

/// A song as the catalog stores it, in place of a `Song`: texts in UTF-8 where they lie, several
/// names in one as `NameList` joins them.
struct SongRecord {
    let title, artists, genres, emotions, id: UnsafeRawBufferPointer
    let year, popularity: Int?
}

extension Song {
    /// The song of a record.
    init(_ record: SongRecord) {
        func text(_ bytes: UnsafeRawBufferPointer) -> String {
            String(decoding: bytes, as: UTF8.self)
        }
        self.init(
            id: text(record.id), title: text(record.title),
            artists: NameList.names(in: text(record.artists)), year: record.year,
            genres: NameList.names(in: text(record.genres)), popularity: record.popularity,
            emotions: NameList.names(in: text(record.emotions)))
    }
}

/// Songs side by side: their texts in one piece.
struct SongRecords: Sendable {
    private var bytes: [UInt8] = []
    /// `[songs, 5]`: where each text ends.
    private var ends: [Int] = []
    /// `[songs]`: -1 where there is none.
    private var years: [Int32] = []
    private var popularities: [Int32] = []

    private static let textCount = 5

    /// The number of songs.
    var count: Int { years.count }

    /// Begins without songs.
    init() {}

    /// Keeps songs as they are.
    init(_ songs: some Sequence<Song>) {
        for song in songs {
            let lists = [song.artists, song.genres, song.emotions].map(NameList.text)
            for text in [song.title] + lists + [song.id] {
                bytes.append(contentsOf: text.utf8)
                endText()
            }
            endSong(year: song.year, popularity: song.popularity)
        }
    }

    /// Calls the body with a song.
    @inline(__always)
    func withRecord<Result>(
        _ index: Int, _ body: (SongRecord) throws -> Result
    ) rethrows -> Result {
        try bytes.withUnsafeBytes { bytes in
            try ends.withUnsafeBufferPointer { ends in
                func text(_ number: Int) -> UnsafeRawBufferPointer {
                    let place = index * Self.textCount + number
                    let start = place == 0 ? 0 : ends[place - 1]
                    return UnsafeRawBufferPointer(rebasing: bytes[start..<ends[place]])
                }
                return try body(
                    SongRecord(
                        title: text(0), artists: text(1), genres: text(2), emotions: text(3),
                        id: text(4), year: years[index] < 0 ? nil : Int(years[index]),
                        popularity: popularities[index] < 0 ? nil : Int(popularities[index])))
            }
        }
    }
}

extension SongRecords {
    /// Adds to the text that is not ended yet: what is not UTF-8 is replaced, controls, line ends
    /// among them, become spaces, and there are none around it.
    mutating func add(_ text: UnsafeRawBufferPointer) {
        let start = bytes.count
        var range = 0..<text.count
        while let first = range.first, text[first] <= 0x20 { range.removeFirst() }
        while let last = range.last, text[last] <= 0x20 { range.removeLast() }
        var isASCII: UInt8 = 0
        for index in range {
            let byte = text[index]
            isASCII |= byte
            bytes.append(byte < 0x20 || byte == 0x7F ? 0x20 : byte)
        }
        if isASCII >= 0x80 {
            let text = String(decoding: bytes[start...], as: UTF8.self)
            replace(from: start, with: text)
        }
    }

    /// The text that is not ended yet.
    var openText: ArraySlice<UInt8> { bytes[(ends.last ?? 0)...] }

    /// How many bytes the song that is not ended yet has.
    var openSongSize: Int { bytes.count - (count == 0 ? 0 : ends[count * Self.textCount - 1]) }

    /// A text of the song that is not ended yet, by its number.
    func openText(_ number: Int) -> ArraySlice<UInt8> {
        let place = count * Self.textCount + number
        return bytes[(place == 0 ? 0 : ends[place - 1])..<ends[place]]
    }

    /// Puts another text in place of the one that is not ended yet.
    mutating func replaceOpenText(with text: String) {
        replace(from: ends.last ?? 0, with: text)
    }

    private mutating func replace(from start: Int, with text: String) {
        bytes.replaceSubrange(start..., with: text.utf8)
    }

    /// Ends a text: title, artists, genres, emotions, id.
    mutating func endText() { ends.append(bytes.count) }

    /// Ends a song after its texts.
    mutating func endSong(year: Int?, popularity: Int?) {
        years.append(year.flatMap(Int32.init(exactly:)) ?? -1)
        popularities.append(popularity.flatMap(Int32.init(exactly:)) ?? -1)
        require(ends.count == count * Self.textCount, "a song has five texts")
    }

    /// Removes a song that is not ended yet.
    mutating func dropOpenSong() {
        ends.removeSubrange((count * Self.textCount)...)
        bytes.removeSubrange((ends.last ?? 0)...)
    }
}
