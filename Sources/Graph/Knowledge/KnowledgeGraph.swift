import Files
import Tensor

/// Songs, artists, genres, decades, regions of emotion and keys, and how they are related.
///
/// Nothing is stored: relations are read from the catalog, the features and the similarity graph of
/// a library when they are asked for, in both directions, so that a million songs with their
/// millions of relations are at hand at once.
///
/// ```swift
/// let knowledge = KnowledgeGraph(library)
/// for artist in try knowledge.objects(of: .song(17), by: .by) {
///     for other in try knowledge.objects(of: artist.node, by: .near) { ... }
/// }
/// ```
public struct KnowledgeGraph: Sendable {
    /// The songs that it knows.
    public let library: SongLibrary
    let nearness = NearnessCache()

    /// Knows the songs of a library.
    public init(_ library: SongLibrary) {
        self.library = library
    }

    var catalog: Catalog { library.catalog }

    /// The similarity graph.
    ///
    /// - Throws: `KnowledgeError` if the library has none.
    func similarityGraph() throws(KnowledgeError) -> SongGraph {
        guard let graph = library.graph else {
            throw KnowledgeError(
                "The library has no similarity graph, which this needs. Build it with: "
                    + "songs graph --neighbors 20")
        }
        return graph
    }
}

/// A part of the nodes on one side of a relation: large ones are walked without holding all.
public struct KnowledgePage: Sendable {
    /// The nodes of this part, in the order of their rows or entries.
    public var links: [KnowledgeLink]
    /// Where the next part starts; nil after the last one.
    public var next: Int?
    /// The number of rows or entries that were looked at.
    var scanned: Int
}

// MARK: Subject to objects

extension KnowledgeGraph {
    /// What a subject is related to: the most similar songs and the nearest artists first, others
    /// in the order of the list.
    ///
    /// - Precondition: The subject is of the relation's kind.
    /// - Throws: `FileError` if the catalog is damaged, `KnowledgeError` without a similarity graph.
    /// - Complexity: O(*n*) in the number of objects; nearness looks at all songs of the artist.
    public func objects(
        of subject: KnowledgeNode, by relation: KnowledgeRelation
    ) throws -> [KnowledgeLink] {
        switch (subject, relation) {
        case (.song(let row), .similar): try similarSongs(of: row)
        case (.artist(let name), .near): try nearArtists(of: name)
        case (.song(let row), .in), (.song(let row), .key):
            place(of: row, by: relation).map { [KnowledgeLink($0)] } ?? []
        case (.song(let row), _):
            Self.properties(of: try catalog.song(at: row), by: relation).map { KnowledgeLink($0) }
        default:
            preconditionFailure("\(subject.kind.withArticle) is no subject of \(relation)")
        }
    }

    /// The region or the key of a song.
    func place(of row: Int, by relation: KnowledgeRelation) -> KnowledgeNode? {
        let features = library.features
        return relation == .in
            ? EmotionRegion(percentiles: features.percentiles(of: row)).map { .region($0) }
            : MusicalKey(key: features[row, .key], mode: features[row, .mode]).map { .key($0) }
    }

    /// What the list says of a song: its artists, genres, decade and labels.
    static func properties(of song: Song, by relation: KnowledgeRelation) -> [KnowledgeNode] {
        func nodes(_ names: [String], _ node: (FoldedName) -> KnowledgeNode) -> [KnowledgeNode] {
            guard names.count > 1 else { return names.map { node(FoldedName($0)) } }
            var known: Set<FoldedName> = []
            return names.map(FoldedName.init).filter { known.insert($0).inserted }.map(node)
        }
        return switch relation {
        case .by: nodes(song.artists) { .artist($0) }
        case .of: nodes(song.genres) { .genre($0) }
        case .labeled: nodes(song.emotions) { .emotion($0) }
        case .from: song.decade.map { [.decade($0)] } ?? []
        default: []
        }
    }

    private func similarSongs(of row: Int) throws(KnowledgeError) -> [KnowledgeLink] {
        let graph = try similarityGraph()
        return graph.neighbors(of: row)
            .map { (similarity: graph.similarity($0.weight), neighbor: $0) }
            .sorted { ($1.similarity, $0.neighbor.row) < ($0.similarity, $1.neighbor.row) }
            .map { KnowledgeLink(.song($0.neighbor.row), weight: $0.neighbor.weight) }
    }
}

// MARK: Object to subjects

extension KnowledgeGraph {
    /// Rows that a page looks at.
    static let pageSize = 8192

    /// What is related to an object, part by part.
    ///
    /// - Parameters:
    ///   - object: What stands behind the relation.
    ///   - relation: The relation.
    ///   - start: Where the part starts: 0, or what the part before says.
    /// - Returns: The subjects, and where the next part starts.
    /// - Precondition: The object is of the relation's kind.
    /// - Throws: `FileError` if the catalog is damaged, `KnowledgeError` without a similarity graph.
    public func subjects(
        of object: KnowledgeNode, by relation: KnowledgeRelation, from start: Int = 0
    ) throws -> KnowledgePage {
        require(
            object.kind == relation.objectKind,
            "\(object.kind.withArticle) is no object of \(relation)")
        switch object {
        case _ where relation.isSymmetric:
            return Self.wholePage(try objects(of: object, by: relation))
        case .artist(let name): return try namedPage(.artist, name)
        case .genre(let name): return try namedPage(.genre, name)
        case .emotion(let name): return try namedPage(.emotion, name)
        case .decade(let year):
            return try page(of: library.count, from: start) {
                try catalog.rows(from: year...(year + 9), in: $0).map { KnowledgeLink(.song($0)) }
            }
        case .region, .key:
            return page(of: library.count, from: start) { rows in
                rows.filter { place(of: $0, by: relation) == object }
                    .map { KnowledgeLink(.song($0)) }
            }
        case .song: preconditionFailure("songs are similar in both directions")
        }
    }

    private func namedPage(_ table: NameTable, _ name: FoldedName) throws -> KnowledgePage {
        Self.wholePage(try catalog.rows(of: table, name).map { KnowledgeLink(.song($0)) })
    }

    private static func wholePage(_ links: [KnowledgeLink]) -> KnowledgePage {
        KnowledgePage(links: links, next: nil, scanned: links.count)
    }

    private func page(
        of count: Int, from start: Int, _ links: (Range<Int>) throws -> [KnowledgeLink]
    ) rethrows -> KnowledgePage {
        let end = min(start + Self.pageSize, count)
        let links = try links(min(start, end)..<end)
        return KnowledgePage(
            links: links, next: end < count ? end : nil, scanned: max(end - start, 0))
    }

    /// All nodes of a kind, part by part, in the order of rows or entries.
    ///
    /// - Throws: `FileError` if the catalog is damaged.
    public func nodes(
        of kind: KnowledgeNode.Kind, from start: Int = 0
    ) throws -> KnowledgePage {
        switch kind {
        case .song:
            return page(of: library.count, from: start) { $0.map { KnowledgeLink(.song($0)) } }
        case .artist: return try names(in: .artist, from: start) { .artist($0) }
        case .genre: return try names(in: .genre, from: start) { .genre($0) }
        case .emotion: return try names(in: .emotion, from: start) { .emotion($0) }
        case .decade:
            return Self.wholePage(try catalog.decades().map { KnowledgeLink(.decade($0)) })
        case .region:
            return Self.wholePage(EmotionRegion.allCases.map { KnowledgeLink(.region($0)) })
        case .key: return Self.wholePage(MusicalKey.all.map { KnowledgeLink(.key($0)) })
        }
    }

    private func names(
        in table: NameTable, from start: Int, _ node: (FoldedName) -> KnowledgeNode
    ) throws -> KnowledgePage {
        try page(of: catalog.count(of: table), from: start) { entries in
            try catalog.names(in: table, entries: entries)
                .map { KnowledgeLink(node(FoldedName($0))) }
        }
    }
}

// MARK: Both

extension KnowledgeGraph {
    /// Whether two nodes are related.
    ///
    /// - Precondition: Both are of the relation's kinds.
    /// - Throws: `FileError` if the catalog is damaged, `KnowledgeError` without a similarity graph.
    public func holds(
        _ subject: KnowledgeNode, _ relation: KnowledgeRelation, _ object: KnowledgeNode
    ) throws -> Bool {
        if case (.artist(let one), .artist(let other)) = (subject, object) {
            return try isNear(one, other)
        }
        return try objects(of: subject, by: relation).contains { $0.node == object }
    }
}
