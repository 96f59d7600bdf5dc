import GRDB

/// Fills a new catalog, song by song.
///
/// | table | columns |
/// |---|---|
/// | track | row, id, title, artists, year, popularity, genres, emotions |
/// | artist, genre, emotion | id, name, folded: the name without regard to case |
/// | trackOfArtist, trackOfGenre, trackOfEmotion | name, track |
/// | words | the full text of titles and artists |
///
/// A song is read far more often than its artists are asked for theirs, so a track holds the names
/// themselves, and the relations lead from names to tracks only.
struct CatalogWriter {
    /// The layout of the tables, which a reader asks for.
    static let version = 1

    private let database: Database
    private let track: RawStatement
    private var artists = Relation("Artist")
    private var genres = Relation("Genre")
    private var emotions = Relation("Emotion")
    /// Rows whose names were added to.
    private var united: Set<Int> = []
    /// The number of songs.
    private(set) var count = 0

    /// Creates the tables.
    init(_ database: Database) throws {
        self.database = database
        try database.execute(
            sql: """
                CREATE TABLE track(
                    row INTEGER PRIMARY KEY, id TEXT NOT NULL, title TEXT NOT NULL,
                    artists TEXT NOT NULL, year INTEGER, popularity INTEGER,
                    genres TEXT NOT NULL, emotions TEXT NOT NULL);
                PRAGMA user_version = \(Self.version);
                """)
        track = RawStatement(
            try database.makeStatement(sql: "INSERT INTO track VALUES (?, ?, ?, ?, ?, ?, ?, ?)"))
    }

    /// Adds a song at the next row.
    mutating func add(_ song: SongRecord) throws {
        track.bind(count, at: 1)
        track.bind(song.id, at: 2)
        track.bind(song.title, at: 3)
        track.bind(song.artists, at: 4)
        track.bind(song.year, at: 5)
        track.bind(song.popularity, at: 6)
        track.bind(song.genres, at: 7)
        track.bind(song.emotions, at: 8)
        try track.run()
        artists.add(song.artists, of: count)
        genres.add(song.genres, of: count)
        emotions.add(song.emotions, of: count)
        count += 1
    }

    /// Adds songs at the next rows.
    mutating func add(_ songs: some Sequence<Song>) throws {
        let records = SongRecords(songs)
        for index in 0..<records.count {
            try records.withRecord(index) { try add($0) }
        }
    }

    /// Gives the song of a row the genres and emotions of another one as well.
    mutating func unite(_ song: SongRecord, with row: Int) {
        guard !song.genres.isEmpty || !song.emotions.isEmpty else { return }
        genres.add(song.genres, of: row)
        emotions.add(song.emotions, of: row)
        united.insert(row)
    }

    /// Writes the relations and what finds songs: indices and the full text.
    func finish(progress: (_ completed: Int, _ total: Int) -> Void = { _, _ in }) throws {
        for relation in [artists, genres, emotions] { try relation.write(to: database) }
        try writeUnitedNames()
        try database.execute(
            sql: """
                CREATE UNIQUE INDEX trackByID ON track(id);
                CREATE VIRTUAL TABLE words USING fts5(
                    title, artists, content = 'track', content_rowid = 'row',
                    tokenize = 'unicode61 remove_diacritics 2');
                """)
        let statement = try database.makeStatement(
            sql: """
                INSERT INTO words(rowid, title, artists)
                SELECT row, title, artists FROM track WHERE row >= ? AND row < ?
                """)
        for start in stride(from: 0, to: count, by: Self.step) {
            progress(start, count)
            try statement.execute(arguments: [start, start + Self.step])
        }
        progress(count, count)
    }

    /// Songs between two reports of progress.
    private static let step = 50_000

    private func writeUnitedNames() throws {
        guard !united.isEmpty else { return }
        let (genres, emotions) = (genres.names(of: united), emotions.names(of: united))
        let statement = try database.makeStatement(
            sql: "UPDATE track SET genres = ?, emotions = ? WHERE row = ?")
        for row in united.sorted() {
            try statement.execute(arguments: [
                NameList.text(genres[row] ?? []), NameList.text(emotions[row] ?? []), row,
            ])
        }
    }
}

/// Names, and which tracks have them.
private struct Relation {
    private let kind: String
    /// Lists of names as they came, most of them of one name, and the numbers of their names.
    private var lists = StringInterner()
    private var numbers: [[UInt32]] = []
    private var names = StringInterner()
    /// The number of a name and the row of a track.
    private var pairs: [SIMD2<UInt32>] = []

    init(_ kind: String) { self.kind = kind }

    /// Notes the names of a track.
    mutating func add(_ text: UnsafeRawBufferPointer, of row: Int) {
        guard !text.isEmpty else { return }
        let list = lists.number(of: text)
        if list == numbers.count {
            let texts = NameList.names(in: String(decoding: text, as: UTF8.self))
            numbers.append(
                texts.map { name in
                    UInt32(Array(name.utf8).withUnsafeBytes { names.number(of: $0) })
                })
        }
        for number in numbers[list] { pairs.append(SIMD2(number, UInt32(row))) }
    }

    /// The names of tracks, each once, in the order in which they were added.
    func names(of rows: Set<Int>) -> [Int: [String]] {
        var result: [Int: [String]] = [:]
        var seen: Set<SIMD2<UInt32>> = []
        for pair in pairs where rows.contains(Int(pair.y)) && seen.insert(pair).inserted {
            result[Int(pair.y), default: []].append(names[Int(pair.x)])
        }
        return result
    }

    /// Writes the tables of names and of tracks by name.
    func write(to database: Database) throws {
        let table = kind.lowercased()
        try database.execute(
            sql: """
                CREATE TABLE \(table)(
                    id INTEGER PRIMARY KEY, name TEXT NOT NULL, folded TEXT NOT NULL);
                CREATE TABLE trackOf\(kind)(
                    \(table) INTEGER NOT NULL, track INTEGER NOT NULL,
                    PRIMARY KEY (\(table), track)) WITHOUT ROWID;
                """)
        let name = try database.makeStatement(sql: "INSERT INTO \(table) VALUES (?, ?, ?)")
        for number in 0..<names.count {
            let text = names[number]
            try name.execute(arguments: [number, text, text.lowercased()])
        }
        let insertion = RawStatement(
            try database.makeStatement(sql: "INSERT INTO trackOf\(kind) VALUES (?, ?)"))
        // Rows in order are appended, which is quick. A song may name an artist twice.
        var previous: UInt64?
        for pair in pairs.map({ UInt64($0.x) << 32 | UInt64($0.y) }).sorted() where pair != previous
        {
            insertion.bind(Int(pair >> 32), at: 1)
            insertion.bind(Int(pair & 0xFFFF_FFFF), at: 2)
            try insertion.run()
            previous = pair
        }
        try database.execute(sql: "CREATE INDEX \(table)ByName ON \(table)(folded)")
    }
}
