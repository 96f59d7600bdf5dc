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
    private let track: Statement
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
        track = try database.makeStatement(
            sql: "INSERT INTO track VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
    }

    /// Adds a song at the next row.
    mutating func add(_ song: Song) throws {
        track.setUncheckedArguments([
            count, song.id, song.title, NameList.text(song.artists), song.year, song.popularity,
            NameList.text(song.genres), NameList.text(song.emotions),
        ])
        try track.execute()
        artists.add(song.artists, of: count)
        genres.add(song.genres, of: count)
        emotions.add(song.emotions, of: count)
        count += 1
    }

    /// Gives the song of a row the genres and emotions of another one as well.
    mutating func unite(_ song: Song, with row: Int) {
        let isNew = genres.add(song.genres, of: row)
        if emotions.add(song.emotions, of: row) || isNew { united.insert(row) }
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
    private var numbers: [String: UInt32] = [:]
    private var names: [String] = []
    private var pairs: [SIMD2<UInt32>] = []

    init(_ kind: String) { self.kind = kind }

    /// Notes the names of a track, and whether there were any.
    @discardableResult
    mutating func add(_ names: [String], of row: Int) -> Bool {
        for name in names { pairs.append(SIMD2(number(of: name), UInt32(row))) }
        return !names.isEmpty
    }

    private mutating func number(of name: String) -> UInt32 {
        if let number = numbers[name] { return number }
        let number = UInt32(names.count)
        numbers[name] = number
        names.append(name)
        return number
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
        for (number, text) in names.enumerated() {
            name.setUncheckedArguments([number, text, text.lowercased()])
            try name.execute()
        }
        // A song may name an artist twice. Rows in order are appended, which is quick.
        let pair = try database.makeStatement(
            sql: "INSERT OR IGNORE INTO trackOf\(kind) VALUES (?, ?)")
        for item in pairs.sorted(by: { ($0.x, $0.y) < ($1.x, $1.y) }) {
            pair.setUncheckedArguments([Int(item.x), Int(item.y)])
            try pair.execute()
        }
        try database.execute(sql: "CREATE INDEX \(table)ByName ON \(table)(folded)")
    }
}
