public import Files
import GRDB

/// What a library holds, in numbers.
public struct LibraryStatistics: Sendable {
    /// A name and how many songs have it.
    public struct Name: Hashable, Sendable {
        /// The name as it was first written.
        public let name: String
        /// The number of songs.
        public let songs: Int
    }

    /// The values of a feature.
    public struct Range: Hashable, Sendable {
        /// The least value.
        public let least: Double
        /// The greatest value.
        public let greatest: Double
        /// The mean of all values.
        public let mean: Double
    }

    /// The number of songs.
    public let songs: Int
    /// The number of artists.
    public let artists: Int
    /// The genres, the most frequent first.
    public let genres: [Name]
    /// The emotions that the list names, the most frequent first.
    public let emotions: [Name]
    /// The decades by their first years, in ascending order.
    public let decades: [(decade: Int, songs: Int)]
    /// The features and their values; nil where the list has none.
    public let ranges: [(feature: AudioFeature, range: Range?)]
    /// The number of pairs of similar songs; nil until the graph is built.
    public let edges: Int?

    /// Counts what a library holds.
    ///
    /// - Throws: `FileError` if it is damaged.
    /// - Complexity: O(*n*) in the number of songs.
    public init(of library: SongLibrary) throws(FileError) {
        songs = library.count
        edges = library.graph?.edgeCount
        (artists, genres, emotions, decades) = try library.catalog.read { database in
            (
                try Int.fetchOne(database, sql: "SELECT count(*) FROM artist") ?? 0,
                try Self.names("Genre", in: database), try Self.names("Emotion", in: database),
                try Self.decades(in: database)
            )
        }
        ranges = AudioFeature.allCases.map { ($0, Self.range(of: $0, in: library.features)) }
    }

    private static func names(_ kind: String, in database: Database) throws -> [Name] {
        let table = kind.lowercased()
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT name, count(*) AS songs FROM trackOf\(kind)
                JOIN \(table) ON \(table).id = \(table) GROUP BY \(table)
                ORDER BY songs DESC, name
                """)
        return rows.map { Name(name: $0[0], songs: $0[1]) }
    }

    private static func decades(in database: Database) throws -> [(decade: Int, songs: Int)] {
        let rows = try Row.fetchAll(
            database,
            sql: "SELECT year, count(*) FROM track WHERE year IS NOT NULL GROUP BY year")
        var counts: [Int: Int] = [:]
        for row in rows { counts[Song.decade(of: row[0]), default: 0] += row[1] as Int }
        return counts.sorted { $0.key < $1.key }.map { (decade: $0.key, songs: $0.value) }
    }

    private static func range(of feature: AudioFeature, in features: SongFeatures) -> Range? {
        var (least, greatest, mean, count) = (Double.infinity, -Double.infinity, 0.0, 0.0)
        for row in 0..<features.count {
            let value = features[row, feature]
            guard !value.isNaN else { continue }
            least = min(least, value)
            greatest = max(greatest, value)
            count += 1
            // A sum would overflow where values are extreme, and so would their difference.
            mean += value / count - mean / count
        }
        return count == 0 ? nil : Range(least: least, greatest: greatest, mean: mean)
    }
}
