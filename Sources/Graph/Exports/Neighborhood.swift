/// The songs around one: those that are similar to it, those that are similar to these, and so on.
public struct Neighborhood: Sendable {
    /// A song of the neighborhood.
    public struct Member: Hashable, Sendable {
        /// The row of the song.
        public let row: Int
        /// The number of edges between it and the center.
        public let hops: Int
        /// How alike it is to the center: the greatest product of similarities along a path of that
        /// many edges.
        public let closeness: Double
    }

    /// The songs, the center first, then the closest ones.
    public let members: [Member]
    /// The number of songs within the hops that are left out because there were too many.
    public let leftOut: Int

    /// The row of the song in the middle.
    public var center: Int { members[0].row }

    /// Finds the songs around one.
    ///
    /// - Parameters:
    ///   - center: The row of the song in the middle.
    ///   - graph: Which songs are alike.
    ///   - hops: The most edges between a song and the center.
    ///   - limit: The most songs, the center included; of more, the closest are kept. Each of them
    ///     has a way to the center among them.
    /// - Complexity: O(*e*) in the edges of all songs within the hops.
    public init(of center: Int, in graph: SongGraph, hops: Int, limit: Int) {
        var found = [center: Member(row: center, hops: 0, closeness: 1)]
        var border = [found[center]].compactMap(\.self)
        for hop in stride(from: 1, through: hops, by: 1) {
            if border.isEmpty { break }
            var reached: [Int: Double] = [:]
            for member in border {
                for neighbor in graph.neighbors(of: member.row) where found[neighbor.row] == nil {
                    let closeness =
                        member.closeness * min(graph.similarity(neighbor.weight), 1)
                    reached[neighbor.row] = max(reached[neighbor.row] ?? 0, closeness)
                }
            }
            border = reached.map { Member(row: $0.key, hops: hop, closeness: $0.value) }
                .sorted { $0.row < $1.row }
            for member in border { found[member.row] = member }
        }
        // A song is no closer than the one before it on its path, and has more hops: so that one
        // comes first, and is kept as well.
        let sorted = found.values.sorted {
            ($1.closeness, $0.hops, $0.row) < ($0.closeness, $1.hops, $1.row)
        }
        members = Array(sorted.prefix(max(limit, 1)))
        leftOut = sorted.count - members.count
    }
}

extension KnowledgeGraph {
    /// The songs around the one that people call so: by its id, or a title that only one song has.
    ///
    /// - Throws: `KnowledgeError` if there is no such song, or no similarity graph.
    public func neighborhood(
        ofSongNamed name: String, hops: Int, limit: Int
    ) throws -> Neighborhood {
        guard case .song(let row) = try node(.song, named: name) else {
            preconditionFailure("a song is a node of its kind")
        }
        return Neighborhood(of: row, in: try similarityGraph(), hops: hops, limit: limit)
    }
}
