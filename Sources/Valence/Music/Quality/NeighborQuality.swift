public import Graph

/// Whether the songs that lie nearest to a song are by the same artist: what sounds alike often is,
/// though nothing tells the features who plays.
public struct NeighborQuality: Hashable, Sendable {
    /// The share of the nearest songs that are by an artist of the song.
    public var sameArtist: Double
    /// The share that would be, were they drawn by chance.
    public var chance: Double

    /// How many songs are near.
    public static let count = 10

    /// Measures all songs.
    ///
    /// - Parameters:
    ///   - graph: A graph in which each song has at least its ten nearest ones as neighbors.
    ///   - artists: The artists of each song.
    /// - Complexity: O(*n*) in the number of edges.
    public init(of graph: SongGraph, artists: [Set<String>]) {
        var hits = 0
        var pairs = 0
        var songs: [String: Int] = [:]
        for row in 0..<graph.count {
            for artist in artists[row] { songs[artist, default: 0] += 1 }
            let nearest = graph.neighbors(of: row).sorted {
                let (a, b) = (graph.similarity($0.weight), graph.similarity($1.weight))
                return a != b ? a > b : $0.row < $1.row
            }
            for neighbor in nearest.prefix(Self.count) {
                pairs += 1
                if !artists[row].isDisjoint(with: artists[neighbor.row]) { hits += 1 }
            }
        }
        sameArtist = pairs > 0 ? Double(hits) / Double(pairs) : .nan
        let others = songs.values.reduce(0.0) { $0 + Double($1) * Double($1 - 1) }
        let all = Double(graph.count) * Double(max(graph.count - 1, 1))
        chance = others / all
    }
}
