import Files
import GRDB

/// Names that songs are found by, each in a table of the catalog.
enum NameTable: String {
    case artist, genre, emotion

    /// The table of the pairs of a name and a track.
    fileprivate var tracks: String {
        switch self {
        case .artist: "trackOfArtist"
        case .genre: "trackOfGenre"
        case .emotion: "trackOfEmotion"
        }
    }
}

extension Catalog {
    /// The songs of consecutive rows.
    ///
    /// - Throws: `FileError` if the catalog is damaged.
    func songs(in rows: Range<Int>) throws(FileError) -> [Song] {
        try songs(at: Array(rows))
    }

    /// The ids of consecutive rows.
    ///
    /// - Throws: `FileError` if the catalog is damaged.
    func ids(in rows: Range<Int>) throws(FileError) -> [String] {
        try read { database in
            try String.fetchAll(
                database.cachedStatement(
                    sql: "SELECT id FROM track WHERE row >= ? AND row < ? ORDER BY row"),
                arguments: [rows.lowerBound, rows.upperBound])
        }
    }

    /// Those of consecutive rows whose songs come from a range of years.
    ///
    /// - Throws: `FileError` if the catalog is damaged.
    func rows(from years: ClosedRange<Int>, in rows: Range<Int>) throws(FileError) -> [Int] {
        try read { database in
            try Int.fetchAll(
                database.cachedStatement(
                    sql: """
                        SELECT row FROM track
                        WHERE row >= ? AND row < ? AND year BETWEEN ? AND ? ORDER BY row
                        """),
                arguments: [
                    rows.lowerBound, rows.upperBound, years.lowerBound, years.upperBound,
                ])
        }
    }

    /// The decades of all songs, by their first years, in ascending order.
    ///
    /// - Throws: `FileError` if the catalog is damaged.
    /// - Complexity: O(*n*) in the number of songs.
    func decades() throws(FileError) -> [Int] {
        try read { database in
            let years = try Int.fetchAll(
                database, sql: "SELECT DISTINCT year FROM track WHERE year IS NOT NULL")
            return Set(years.map(Song.decade)).sorted()
        }
    }

    /// The rows of the songs with a name in ascending order.
    ///
    /// - Throws: `FileError` if the catalog is damaged.
    func rows(of table: NameTable, _ name: FoldedName) throws(FileError) -> [Int] {
        switch table {
        case .artist: try rows(byArtist: name.text)
        case .genre: try rows(ofGenre: name.text)
        case .emotion: try rows(labeled: name.text)
        }
    }

    /// The number of entries of a table of names.
    ///
    /// - Throws: `FileError` if the catalog is damaged.
    func count(of table: NameTable) throws(FileError) -> Int {
        try read { database in
            try Int.fetchOne(database, sql: "SELECT count(*) FROM \(table.rawValue)") ?? 0
        }
    }

    /// The number of songs with a name.
    ///
    /// - Throws: `FileError` if the catalog is damaged.
    func songCount(of table: NameTable, _ name: FoldedName) throws(FileError) -> Int {
        try read { database in
            try Int.fetchOne(
                database.cachedStatement(
                    sql: """
                        SELECT count(*) FROM \(table.tracks) WHERE \(table.rawValue) IN
                            (SELECT id FROM \(table.rawValue) WHERE folded = ?)
                        """), arguments: [name.text]) ?? 0
        }
    }

    /// A name as it was first written; nil if no song has it.
    ///
    /// - Throws: `FileError` if the catalog is damaged.
    func name(_ name: FoldedName, in table: NameTable) throws(FileError) -> String? {
        try read { database in
            try String.fetchOne(
                database.cachedStatement(
                    sql: "SELECT name FROM \(table.rawValue) WHERE folded = ? ORDER BY id LIMIT 1"),
                arguments: [name.text])
        }
    }

    /// Names among consecutive entries of a table, as they were first written.
    ///
    /// - Throws: `FileError` if the catalog is damaged.
    func names(in table: NameTable, entries: Range<Int>) throws(FileError) -> [String] {
        try read { database in
            try String.fetchAll(
                database.cachedStatement(
                    sql: """
                        SELECT name FROM \(table.rawValue) AS entry
                        WHERE id >= ? AND id < ? AND NOT EXISTS
                            (SELECT 1 FROM \(table.rawValue) AS earlier
                             WHERE earlier.folded = entry.folded AND earlier.id < entry.id)
                        ORDER BY id
                        """), arguments: [entries.lowerBound, entries.upperBound])
        }
    }
}
