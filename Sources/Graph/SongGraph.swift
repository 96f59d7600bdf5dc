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
        public var features: FeatureRecipe

        /// Chooses how a graph is made: by default of the 20 nearest songs of each.
        public init(
            _ rule: Rule = .nearest(20, mutual: false), metric: Metric = .euclidean,
            features: FeatureRecipe = FeatureRecipe()
        ) {
            self.rule = rule
            self.metric = metric
            self.features = features
        }
    }

    /// How it was made.
    public let recipe: Recipe
    /// The space in which songs are near each other.
    public let space: FeatureSpace
    /// The `checksum` of the features that it was built from: the graph belongs to no others.
    public let featuresChecksum: UInt32
    /// `[songs + 1]`: where the neighbors of each song begin.
    let offsets: StoredArray<Int>
    /// `[2 edges]`: the neighbors' rows, those of one song in ascending order.
    let targets: StoredArray<UInt32>
    /// `[2 edges]`: the cosine or the distance to each neighbor.
    let weights: EdgeWeights
    /// `[songs]`: the sum of the similarities to a song's neighbors.
    let strengths: StoredArray<Double>

    /// The number of songs.
    public var count: Int { strengths.count }
    /// The number of pairs of songs with an edge.
    public var edgeCount: Int { targets.count / 2 }

    /// The memory that the graph takes, or the part of its file that it fills.
    public var byteCount: Int {
        let weight =
            switch weights {
            case .float: MemoryLayout<Float>.stride
            case .double: MemoryLayout<Double>.stride
            }
        return targets.count * (MemoryLayout<UInt32>.stride + weight)
            + count * (MemoryLayout<Int>.stride + MemoryLayout<Double>.stride)
    }

    /// One neighbor of a song.
    public struct Neighbor: Hashable, Sendable {
        /// The row of the song.
        public let row: Int
        /// The cosine or the distance.
        public let weight: Double
    }

    /// The row at the other end of an edge.
    ///
    /// Opening a file does not look at its millions of edges: one that is damaged may lead to
    /// a wrong song, but not out of the graph.
    @inline(__always)
    func target(of edge: Int) -> Int { min(Int(targets[edge]), count - 1) }

    /// The number of neighbors of a song.
    public func degree(of row: Int) -> Int { offsets[row + 1] - offsets[row] }

    /// The neighbors of a song, in ascending order of their rows.
    public func neighbors(of row: Int) -> some RandomAccessCollection<Neighbor> {
        (offsets[row]..<offsets[row + 1]).lazy.map {
            Neighbor(row: target(of: $0), weight: weights[$0])
        }
    }

    /// The edges.
    var edges: GraphEdges { GraphEdges(offsets: offsets, targets: targets, weights: weights) }

    /// How alike the songs of an edge are: 1 for the same, toward 0 for unlike ones.
    ///
    /// The cosine itself where it is positive, or 1 / (1 + distance).
    public func similarity(_ weight: Double) -> Double { recipe.metric.similarity(weight) }
}
