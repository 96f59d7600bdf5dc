public import Files
public import Foundation

/// Which songs are alike: an undirected graph over the rows of a library, in compressed sparse rows.
public struct SongGraph: Sendable {
    /// Which pairs of songs have an edge.
    public enum Rule: Hashable, Codable, Sendable {
        /// A song and each of its nearest songs; if mutual, only where each is among the other's.
        case nearest(Int, mutual: Bool)
        /// Songs whose cosine is above the threshold, or whose distance is below it.
        case threshold(Double)
    }

    /// How it was made.
    public struct Recipe: Hashable, Codable, Sendable {
        /// Which pairs have an edge.
        public var rule: Rule
        /// What their weight is.
        public var metric: Metric
        /// What the vectors are made of.
        public var features: FeatureSet
    }

    /// How it was made.
    public let recipe: Recipe
    /// The `checksum` of the features that it was built from: the graph belongs to no others.
    public let featuresChecksum: UInt32
    /// `[songs + 1]`: where the neighbors of each song begin.
    let offsets: StoredArray<Int>
    /// `[edges]`: the neighbors' rows, those of one song in ascending order.
    let targets: StoredArray<UInt32>
    /// `[edges]`: the cosine or the distance to each neighbor.
    let weights: StoredArray<Float>

    /// The number of songs.
    public var count: Int { offsets.count - 1 }
    /// The number of pairs of songs with an edge.
    public var edgeCount: Int { targets.count / 2 }

    /// One neighbor of a song.
    public struct Neighbor: Hashable, Sendable {
        /// The row of the song.
        public let row: Int
        /// The cosine or the distance.
        public let weight: Float
    }

    /// The neighbors of a song, in ascending order of their rows.
    public func neighbors(of row: Int) -> some RandomAccessCollection<Neighbor> {
        (offsets[row]..<offsets[row + 1]).lazy.map {
            Neighbor(row: Int(targets[$0]), weight: weights[$0])
        }
    }

    /// How alike the songs of an edge are: 1 for the same, toward 0 for unlike ones.
    ///
    /// The cosine itself where it is positive, or 1 / (1 + distance).
    public func similarity(_ weight: Float) -> Float {
        recipe.metric == .cosine ? max(0, weight) : 1 / (1 + weight)
    }

    /// Opens a graph where it lies.
    ///
    /// - Throws: `FileError` if it cannot be read, or its header is damaged.
    public init(contentsOf url: URL) throws(FileError) {
        fatalError("to come")
    }

    /// Writes the graph into a file.
    ///
    /// - Throws: `FileError` if the disk is full, say.
    public func write(to url: URL) throws(FileError) {
        fatalError("to come")
    }

    /// Builds the graph of songs.
    ///
    /// - Throws: `GraphError` if it would not fit into memory, with an estimate of what it takes.
    public static func build(
        _ recipe: Recipe, over features: SongFeatures,
        progress: (_ completed: Int, _ total: Int) -> Void = { _, _ in }
    ) throws -> SongGraph {
        fatalError("to come")
    }
}
