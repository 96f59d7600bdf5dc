import Imaging

/// The nodes and edges that a drawing of a neighborhood shows.
///
/// Beside its songs these are the artists and genres that two or more of them share, and of which
/// not nearly all songs are, for then they would say nothing.
struct DrawnGraph {
    struct Node: Sendable {
        enum Shape { case center, song, artist, genre }

        let shape: Shape
        /// The title or name.
        let name: String
        /// The artist of a song.
        var artist: String?
        /// What a viewer says when asked.
        var explanation: String
        var link: String?
        var region: EmotionRegion?
        /// Where it lies among all songs of the library.
        var percentiles: SIMD2<Float>?
        /// How alike it is to the center, 0 to 1 among the songs that are drawn.
        var closeness = 0.0
    }

    struct Edge: Sendable {
        let from: Int
        let to: Int
        /// 0 to 1 among the edges that are drawn; nil for edges of artists and genres.
        let similarity: Double?
    }

    /// The songs, the center first, then what they share.
    private(set) var nodes: [Node] = []
    private(set) var edges: [Edge] = []

    init(_ knowledge: KnowledgeGraph, _ neighborhood: Neighborhood) throws {
        let members = neighborhood.members
        let songs = try knowledge.catalog.songs(at: members.map(\.row))
        let closest = members.dropFirst().map(\.closeness)
        let least = closest.min() ?? 0
        let range = max((closest.max() ?? 1) - least, 1e-9)
        for (member, song) in zip(members, songs) {
            nodes.append(
                Self.node(
                    member, song, knowledge.library.features,
                    closeness: member.hops == 0 ? 1 : (member.closeness - least) / range))
        }
        try joinSimilar(members.map(\.row), in: knowledge.similarityGraph())
        try join(songs, by: .by, as: .artist, in: knowledge)
        try join(songs, by: .of, as: .genre, in: knowledge)
    }

    private static func node(
        _ member: Neighborhood.Member, _ song: Song, _ features: SongFeatures, closeness: Double
    ) -> Node {
        let place = features.percentiles(of: member.row)
        let region = EmotionRegion(percentiles: place)
        var facts = [song.artists.joined(separator: ", ")]
        if let year = song.year { facts.append("\(year)") }
        if let region { facts.append(region.rawValue) }
        return Node(
            shape: member.hops == 0 ? .center : .song, name: song.title,
            artist: song.artists.first,
            explanation: "\(song.title)\n\(facts.joined(separator: " · "))",
            link: Song.isSpotifyID(song.id) ? RDFTerms.tracks + song.id : nil, region: region,
            percentiles: region == nil ? nil : place, closeness: closeness)
    }

    private mutating func joinSimilar(_ rows: [Int], in graph: SongGraph) {
        let numbers = Dictionary(uniqueKeysWithValues: zip(rows, rows.indices))
        var found: [(from: Int, to: Int, similarity: Double)] = []
        for (number, row) in rows.enumerated() {
            for neighbor in graph.neighbors(of: row) where neighbor.row > row {
                guard let other = numbers[neighbor.row] else { continue }
                found.append((number, other, Double(graph.similarity(neighbor.weight))))
            }
        }
        let least = found.map(\.similarity).min() ?? 0
        let range = max((found.map(\.similarity).max() ?? 1) - least, 1e-9)
        edges += found.map {
            Edge(from: $0.from, to: $0.to, similarity: ($0.similarity - least) / range)
        }
    }

    private mutating func join(
        _ songs: [Song], by relation: KnowledgeRelation, as shape: Node.Shape,
        in knowledge: KnowledgeGraph
    ) throws {
        var sharing: [KnowledgeNode: [Int]] = [:]
        var order: [KnowledgeNode] = []
        for (number, song) in songs.enumerated() {
            for node in KnowledgeGraph.properties(of: song, by: relation) {
                if sharing[node] == nil { order.append(node) }
                sharing[node, default: []].append(number)
            }
        }
        for node in order {
            guard let songNumbers = sharing[node], songNumbers.count > 1,
                songNumbers.count <= max(2, songs.count * 3 / 5)
            else { continue }
            let name = try knowledge.name(of: node)
            edges += songNumbers.map { Edge(from: $0, to: nodes.count, similarity: nil) }
            nodes.append(
                Node(shape: shape, name: name, explanation: "\(node.kind.rawValue): \(name)"))
        }
    }
}
