public import Files
import Foundation
import GRDB
import Tensor

/// The songs of a library by their rows, ids, artists and words.
public final class Catalog: Sendable {
    private let database: DatabaseQueue
    private let location: String

    /// The number of songs.
    public let count: Int

    /// Opens a catalog.
    ///
    /// - Throws: `FileError` if it cannot be read, or is no catalog.
    init(contentsOf url: URL) throws(FileError) {
        location = url.path
        // SQLite would say no more than that it cannot open it.
        _ = try MappedFile(contentsOf: url)
        var configuration = Configuration()
        configuration.readonly = true
        (database, count) = try Self.translatingErrors(at: url.path) {
            let database = try DatabaseQueue(path: url.path, configuration: configuration)
            return (database, try database.read(Self.count))
        }
    }

    /// Keeps songs in memory.
    init(_ songs: some Collection<Song>) throws(FileError) {
        location = "songs in memory"
        count = songs.count
        database = try Self.translatingErrors(at: location) {
            let database = try DatabaseQueue()
            try database.write { database in
                var writer = try CatalogWriter(database)
                try writer.add(songs)
                try writer.finish()
            }
            return database
        }
    }

    /// Writes a new catalog.
    ///
    /// Nothing is safe until the end: a file that was not finished is to be removed.
    ///
    /// - Parameters:
    ///   - url: A file that does not exist.
    ///   - fill: Adds the songs.
    ///   - indexing: Called with how many of them can be found already.
    /// - Throws: `FileError` if the disk is full, say, or two songs have one id.
    static func write(
        to url: URL, fill: (inout CatalogWriter) throws -> Void,
        indexing: (_ completed: Int, _ total: Int) -> Void = { _, _ in }
    ) throws(FileError) {
        var configuration = Configuration()
        configuration.prepareDatabase { database in
            try database.execute(
                sql: """
                    PRAGMA page_size = 8192;
                    PRAGMA journal_mode = OFF;
                    PRAGMA synchronous = OFF;
                    PRAGMA locking_mode = EXCLUSIVE;
                    PRAGMA cache_size = -65536;
                    """)
        }
        try translatingErrors(at: url.path) {
            let database = try DatabaseQueue(path: url.path, configuration: configuration)
            try database.write { database in
                var writer = try CatalogWriter(database)
                try fill(&writer)
                try writer.finish(progress: indexing)
            }
            try database.close()
        }
        try AtomicFile.synchronize(url)
    }

    private static func count(in database: Database) throws -> Int {
        let version = try Int.fetchOne(database, sql: "PRAGMA user_version")
        guard version == CatalogWriter.version else {
            throw DatabaseError(
                resultCode: .SQLITE_FORMAT,
                message: "its tables have version \(version ?? 0), not \(CatalogWriter.version)")
        }
        // Rows are numbered from 0 without gaps, so that nothing needs to be counted.
        return try Int.fetchOne(database, sql: "SELECT max(row) + 1 FROM track") ?? 0
    }

    private static func translatingErrors<Result>(
        at location: String, _ body: () throws -> Result
    ) throws(FileError) -> Result {
        do {
            return try body()
        } catch let error as FileError {
            throw error
        } catch let error as DatabaseError {
            throw .database(error, at: location, remedy: "Import the list again.")
        } catch {
            throw FileError(.damaged, at: location, "is damaged: \(error). Import the list again.")
        }
    }

    /// Tests the whole catalog.
    ///
    /// - Throws: `FileError` that says what is damaged.
    /// - Complexity: O(*n* log *n*) in the number of songs.
    public func verify() throws(FileError) {
        try read { database in
            try database.checkIntegrity()
            for table in ["track", "words_docsize"] {
                let found = try Int.fetchOne(database, sql: "SELECT count(*) FROM \(table)") ?? 0
                guard found == count else {
                    throw DatabaseError(
                        resultCode: .SQLITE_CORRUPT,
                        message: "\(table) has \(found) rows for \(count) songs")
                }
            }
        }
    }

    func read<Result>(
        _ body: (Database) throws -> Result
    ) throws(FileError) -> Result {
        try Self.translatingErrors(at: location) { try database.read(body) }
    }
}

extension Catalog {
    /// The song of a row.
    ///
    /// - Throws: `FileError` if the catalog is damaged.
    public func song(at row: Int) throws(FileError) -> Song { try songs(at: [row])[0] }

    /// The songs of rows, in their order.
    ///
    /// - Throws: `FileError` if the catalog is damaged.
    /// - Complexity: O(*n*) in the number of rows.
    public func songs(at rows: [Int]) throws(FileError) -> [Song] {
        try read { database in
            let statement = RawStatement(
                try database.cachedStatement(
                    sql: "SELECT \(Self.columns) FROM track WHERE row = ?"))
            defer { statement.reset() }
            return try rows.map { row in
                require((0..<count).contains(row), "row \(row) of \(count) songs")
                statement.reset()
                statement.bind(row, at: 1)
                guard try statement.step() else {
                    throw FileError(
                        .damaged, at: location, "has no row \(row). Import the list again.")
                }
                return Self.song(in: statement)
            }
        }
    }

    /// Calls the body with each song in the order of the rows, without holding all of them.
    ///
    /// - Throws: `FileError` if the catalog is damaged, or what the body throws.
    /// - Complexity: O(*n*) in the number of songs.
    public func forEachSong(_ body: (_ row: Int, _ song: Song) throws -> Void) throws {
        // What the body throws must not be taken for an error of the catalog.
        var failure: (any Error)?
        try read { database in
            let statement = RawStatement(
                try database.makeStatement(sql: "SELECT \(Self.columns) FROM track ORDER BY row"))
            var row = 0
            while try statement.step() {
                do {
                    try body(row, Self.song(in: statement))
                } catch {
                    failure = error
                    return
                }
                row += 1
            }
        }
        if let failure { throw failure }
    }

    static let columns = "id, title, artists, year, popularity, genres, emotions"

    static func song(in row: RawStatement) -> Song {
        Song(
            id: row.text(0), title: row.text(1), artists: NameList.names(in: row.text(2)),
            year: row.integer(3), genres: NameList.names(in: row.text(5)),
            popularity: row.integer(4), emotions: NameList.names(in: row.text(6)))
    }
}

extension Catalog {
    /// The row of the song with an id; nil where there is none.
    ///
    /// - Throws: `FileError` if the catalog is damaged.
    public func row(ofID id: String) throws(FileError) -> Int? {
        try read { database in
            let statement = try database.cachedStatement(sql: "SELECT row FROM track WHERE id = ?")
            return try Int.fetchOne(statement, arguments: [id])
        }
    }

    /// The rows of an artist's songs in ascending order, the name compared without regard to case.
    ///
    /// - Throws: `FileError` if the catalog is damaged.
    /// - Complexity: O(*n*) in the number of the artist's songs.
    public func rows(byArtist name: String) throws(FileError) -> [Int] {
        try rows(of: "Artist", named: name)
    }

    /// The rows of a genre's songs in ascending order, the name compared without regard to case.
    ///
    /// - Throws: `FileError` if the catalog is damaged.
    /// - Complexity: O(*n*) in the number of the genre's songs.
    public func rows(ofGenre name: String) throws(FileError) -> [Int] {
        try rows(of: "Genre", named: name)
    }

    /// The rows of songs that the list labels with an emotion, in ascending order.
    ///
    /// - Throws: `FileError` if the catalog is damaged.
    /// - Complexity: O(*n*) in the number of songs.
    public func rows(labeled emotion: String) throws(FileError) -> [Int] {
        try rows(of: "Emotion", named: emotion)
    }

    private func rows(of kind: String, named name: String) throws(FileError) -> [Int] {
        let table = kind.lowercased()
        return try read { database in
            let statement = try database.cachedStatement(
                sql: """
                    SELECT DISTINCT track FROM trackOf\(kind)
                    WHERE \(table) IN (SELECT id FROM \(table) WHERE folded = ?) ORDER BY track
                    """)
            return try Int.fetchAll(statement, arguments: [name.lowercased()])
        }
    }

    /// The rows of songs whose title or artists have all of the words, best first.
    ///
    /// The last word may be the beginning of one. Case, accents and punctuation do not matter.
    ///
    /// - Throws: `FileError` if the catalog is damaged.
    /// - Complexity: O(*n*) in the number of songs that have the words.
    public func search(_ text: String, limit: Int = 20) throws(FileError) -> [Int] {
        let words = text.split { !$0.isLetter && !$0.isNumber }
        guard !words.isEmpty, limit > 0 else { return [] }
        // In quotes nothing is an operator.
        let pattern = words.map { "\"\($0)\"" }.joined(separator: " ") + "*"
        return try read { database in
            let statement = try database.cachedStatement(
                sql: "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank, rowid LIMIT ?")
            return try Int.fetchAll(statement, arguments: [pattern, limit])
        }
    }
}
