/// Goes through the nodes and edges that a file is to hold, in the order of rows.
struct ExportWalk {
    private let knowledge: KnowledgeGraph
    /// The rows of the songs in ascending order; nil for all.
    private let rows: [Int]?
    private let ids: TrackIDs
    private static let pageSize = 1024

    /// Reads the ids of the songs.
    init(_ knowledge: KnowledgeGraph, rows: [Int]?) throws {
        self.knowledge = knowledge
        self.rows = rows
        ids = try TrackIDs(of: knowledge.catalog, rows: rows)
    }

    /// The number of songs.
    var songCount: Int { rows?.count ?? knowledge.library.count }

    /// Calls the body with each song.
    func forEachSong(_ body: (ExportedNode) throws -> Void) throws {
        for start in stride(from: 0, to: songCount, by: Self.pageSize) {
            let page = start..<min(start + Self.pageSize, songCount)
            let songs =
                try rows.map { try knowledge.catalog.songs(at: Array($0[page])) }
                ?? knowledge.catalog.songs(in: page)
            for (index, song) in zip(page, songs) {
                let row = rows?[index] ?? index
                try body(
                    ExportedNode(
                        end: ExportedEnd(song: row, trackID: song.id), name: song.title,
                        song: (
                            song, knowledge.library.features[row],
                            EmotionRegion(
                                percentiles: knowledge.library.features.percentiles(of: row))
                        )))
            }
        }
    }

    /// Calls the body with each node that is no song, kind by kind.
    func forEachOtherNode(_ body: (ExportedNode) throws -> Void) throws {
        func write(_ node: KnowledgeNode) throws {
            try body(
                ExportedNode(end: ExportedEnd(node), name: knowledge.name(of: node), song: nil))
        }
        if rows != nil {
            for node in try relatedNodes() { try write(node) }
            return
        }
        for kind in KnowledgeNode.Kind.allCases where kind != .song {
            var next: Int? = 0
            while let start = next {
                let page = try knowledge.nodes(of: kind, from: start)
                for link in page.links { try write(link.node) }
                next = page.next
            }
        }
    }

    /// What the songs are related to, kind by kind, in the order of first appearance.
    private func relatedNodes() throws -> [KnowledgeNode] {
        var nodes: [KnowledgeNode.Kind: [KnowledgeNode]] = [:]
        var known: Set<KnowledgeNode> = []
        try forEachSong { song in
            forEachProperty(of: song) { _, node in
                if known.insert(node).inserted { nodes[node.kind, default: []].append(node) }
            }
        }
        return KnowledgeNode.Kind.allCases.flatMap { nodes[$0] ?? [] }
    }

    /// Calls the body with each edge of a song.
    ///
    /// - Parameters:
    ///   - source: The song.
    ///   - isRepeating: Whether pairs of similar songs come once for each of them.
    ///   - body: What is done.
    func forEachEdge(
        of source: ExportedNode, repeating isRepeating: Bool, _ body: (ExportedEdge) -> Void
    ) {
        forEachProperty(of: source) { relation, node in
            body(ExportedEdge(source: source.end, target: ExportedEnd(node), relation: relation))
        }
        guard case .song(let row) = source.end.node, let graph = knowledge.library.graph else {
            return
        }
        for neighbor in graph.neighbors(of: row) {
            let isRepeated = neighbor.row < row
            guard isRepeating || !isRepeated, let id = ids[neighbor.row] else { continue }
            body(
                ExportedEdge(
                    source: source.end, target: ExportedEnd(song: neighbor.row, trackID: id),
                    relation: .similar, weight: neighbor.weight,
                    similarity: graph.recipe.metric == .euclidean
                        ? graph.similarity(neighbor.weight) : nil, isRepeated: isRepeated))
        }
    }

    private func forEachProperty(
        of node: ExportedNode, _ body: (KnowledgeRelation, KnowledgeNode) -> Void
    ) {
        guard case .song(let row) = node.end.node, let song = node.song?.song else { return }
        for relation in [KnowledgeRelation.by, .of, .from, .labeled] {
            for object in KnowledgeGraph.properties(of: song, by: relation) {
                body(relation, object)
            }
        }
        for relation in [KnowledgeRelation.in, .key] {
            if let object = knowledge.place(of: row, by: relation) { body(relation, object) }
        }
    }
}

/// The ids of songs, side by side in one piece of memory.
private struct TrackIDs {
    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    /// The rows that have ids, in ascending order; nil for all.
    private let rows: [Int]?

    init(of catalog: Catalog, rows: [Int]?) throws {
        self.rows = rows
        if let rows {
            for song in try catalog.songs(at: rows) { append(song.id) }
            return
        }
        for start in stride(from: 0, to: catalog.count, by: 65536) {
            for id in try catalog.ids(in: start..<min(start + 65536, catalog.count)) { append(id) }
        }
    }

    private mutating func append(_ id: String) {
        bytes.append(contentsOf: id.utf8)
        ends.append(bytes.count)
    }

    /// The id of a row; nil if it is not among the rows.
    subscript(row: Int) -> String? {
        guard let index = rows.map({ Self.index(of: row, in: $0) }) ?? row else { return nil }
        let start = index == 0 ? 0 : ends[index - 1]
        return String(decoding: bytes[start..<ends[index]], as: UTF8.self)
    }

    private static func index(of row: Int, in rows: [Int]) -> Int? {
        var range = 0..<rows.count
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            if rows[middle] == row { return middle }
            range = rows[middle] < row ? (middle + 1)..<range.upperBound : range.lowerBound..<middle
        }
        return nil
    }
}
