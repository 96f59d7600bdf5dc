/// Turns nodes and edges into the bytes of one format, one after the other.
protocol GraphEncoder {
    /// Whether the edges of a song come right after it, each similar pair twice, rather than after
    /// all nodes, each pair once.
    static var edgesFollowTheirSong: Bool { get }

    /// Writes what stands before all nodes.
    mutating func begin(_ about: ExportedGraph, into text: inout ExportText)
    /// Writes a node.
    mutating func write(_ node: ExportedNode, into text: inout ExportText)
    /// Writes what stands between nodes and edges.
    mutating func beginEdges(into text: inout ExportText)
    /// Writes an edge.
    mutating func write(_ edge: ExportedEdge, into text: inout ExportText)
    /// Writes what stands behind everything.
    mutating func end(into text: inout ExportText)
}

/// What a file says of the graph as a whole.
struct ExportedGraph {
    /// How similar songs were found; nil without a similarity graph.
    let recipe: SongGraph.Recipe?

    /// Whether the weight of similar songs is a distance, beside which their similarity is written.
    var weighsDistance: Bool { recipe?.metric == .euclidean }

    /// Names and values for formats that keep them.
    var attributes: [(name: String, value: String)] {
        guard let recipe else { return [] }
        let rule =
            switch recipe.rule {
            case .nearest(let count, mutual: let isMutual):
                "\(count) nearest\(isMutual ? ", mutual" : "")"
            case .threshold(let threshold): "threshold \(threshold)"
            }
        return [
            ("metric", recipe.metric.rawValue), ("features", recipe.features.set.rawValue),
            ("rule", rule),
        ]
    }
}

/// A node by what it is and its id in files.
struct ExportedEnd {
    let node: KnowledgeNode
    /// The id of a track, or kind and name: `artist:nina simone`.
    let id: String

    /// A song by the id of its track; one that could be taken for a node of another kind is
    /// preceded by `song:`.
    init(song row: Int, trackID: String) {
        node = .song(row)
        let isTaken = KnowledgeNode.Kind.allCases.contains { trackID.hasPrefix($0.rawValue + ":") }
        id = isTaken ? "song:" + trackID : trackID
    }

    /// A node of another kind.
    init(_ node: KnowledgeNode) {
        self.node = node
        id = node.kind.rawValue + ":" + node.key
    }
}

extension KnowledgeNode {
    /// What tells nodes of one kind apart, in files.
    var key: String {
        switch self {
        case .song(let row): String(row)
        case .artist(let name), .genre(let name), .emotion(let name): name.text
        case .decade(let year): String(year)
        case .region(let region): region.rawValue
        case .key(let key): key.description
        }
    }
}

/// A node with what files say of it.
struct ExportedNode {
    let end: ExportedEnd
    /// The title of a song, or what people call the node.
    let name: String
    /// What is known of a song beside its relations.
    let song: (song: Song, features: AudioFeatures, region: EmotionRegion?)?

    /// The names of the features as song lists have them, in the order of the features.
    static let featureNames = AudioFeature.allCases.map { feature in
        switch feature {
        case .duration: "duration_ms"
        case .timeSignature: "time_signature"
        default: "\(feature)"
        }
    }

    /// One thing that files say of a node.
    enum Value {
        case text(String)
        case integer(Int)
        case number(Double)
    }

    /// Calls the body with each attribute that the node has.
    func forEachAttribute(_ body: (_ name: String, _ value: Value) -> Void) {
        body("kind", .text(end.node.kind.rawValue))
        guard let (song, features, region) = song else { return }
        body("artists", .text(song.artists.joined(separator: "; ")))
        if let year = song.year { body("year", .integer(year)) }
        if let popularity = song.popularity { body("popularity", .integer(popularity)) }
        if let region { body("region", .text(region.rawValue)) }
        for (feature, name) in zip(AudioFeature.allCases, Self.featureNames)
        where features[feature].isFinite {
            body(name, .number(features[feature]))
        }
    }

    /// All attributes that nodes can have, with the type that formats declare.
    static let attributes: [(name: String, type: String)] =
        [
            ("kind", "string"), ("artists", "string"), ("year", "int"), ("popularity", "int"),
            ("region", "string"),
        ] + featureNames.map { ($0, "double") }
}

/// An edge: a song and what it is related to.
struct ExportedEdge {
    let source: ExportedEnd
    let target: ExportedEnd
    let relation: KnowledgeRelation
    /// The cosine or the distance of similar songs.
    var weight: Double?
    /// How alike they are, where the weight is a distance.
    var similarity: Double?
    /// Whether the pair was written before, the other way around.
    var isRepeated = false

    /// A weight with the digits that it takes to tell it from others: most are stored as `Float`.
    static func digits(of weight: Double) -> String {
        let float = Float(weight)
        return Double(float) == weight ? float.description : weight.description
    }
}
