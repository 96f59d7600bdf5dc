import Synchronization

extension KnowledgeGraph {
    /// The artists that are near an artist, the nearest first.
    ///
    /// Two artists are near each other when a song of one is similar to a song of the other. Let
    /// *S* be the sum of the similarities between their songs, and *T* of each the sum of the
    /// similarities of all edges of their songs: the nearness is *S* / √(*T* *T'*), the geometric
    /// mean of the two shares of similarity that lead from one to the other. So it is 1 at most, the
    /// same in both directions, and nobody is near for having many songs. An artist is not near
    /// themselves.
    func nearArtists(of artist: FoldedName) throws -> [KnowledgeLink] {
        if let known = nearness[artist] { return known }
        let graph = try similarityGraph()
        let songs = try catalog.rows(of: .artist, artist)
        let total = songs.reduce(0) { $0 + graph.strengths[$1] }
        var fromSong: [Int: Double] = [:]
        for row in songs {
            for neighbor in graph.neighbors(of: row) {
                fromSong[neighbor.row, default: 0] += graph.similarity(neighbor.weight)
            }
        }
        var common: [FoldedName: Double] = [:]
        // In the order of rows, for sums of floating-point numbers depend on the order.
        let reached = fromSong.sorted { $0.key < $1.key }
        for (item, song) in zip(reached, try catalog.songs(at: reached.map(\.key))) {
            for case .artist(let other) in Self.properties(of: song, by: .by) where other != artist
            {
                common[other, default: 0] += item.value
            }
        }
        let links = try common.map { other, sum in
            let otherTotal = try outgoingSimilarity(of: other, in: graph)
            return (other: other, nearness: sum / (total * otherTotal).squareRoot())
        }
        .sorted { ($1.nearness, $0.other) < ($0.nearness, $1.other) }
        .map { KnowledgeLink(.artist($0.other), weight: $0.nearness) }
        nearness[artist] = links
        return links
    }

    private func outgoingSimilarity(of artist: FoldedName, in graph: SongGraph) throws -> Double {
        try catalog.rows(of: .artist, artist).reduce(0) { sum, row in
            graph.neighbors(of: row).reduce(sum) { $0 + graph.similarity($1.weight) }
        }
    }

    func isNear(_ one: FoldedName, _ other: FoldedName) throws -> Bool {
        // One side is often the same for many questions.
        let (known, asked) = nearness[one] != nil ? (one, other) : (other, one)
        return try nearArtists(of: known).contains { $0.node == .artist(asked) }
    }
}

/// The artists near those that were asked for last.
///
/// Whoever asks whether many artists are near one, asks for the same list again and again.
final class NearnessCache: Sendable {
    private let entries = Mutex<[FoldedName: [KnowledgeLink]]>([:])
    private static let capacity = 64

    /// What is known about an artist.
    subscript(artist: FoldedName) -> [KnowledgeLink]? {
        get { entries.withLock { $0[artist] } }
        set {
            entries.withLock {
                if $0.count >= Self.capacity { $0.removeAll() }
                $0[artist] = newValue
            }
        }
    }
}
