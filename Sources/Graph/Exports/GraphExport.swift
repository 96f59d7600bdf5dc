import Files
public import Foundation

/// Writes the knowledge graph, or a neighborhood of it, in a format that other programs read.
///
/// Nodes carry `kind` and, for songs, what the list says; edges carry `relation` and, between similar
/// songs, `weight`: the cosine or the distance. Edges are undirected, and run from the song to what it
/// is related to. Nearness of artists is left out, for it follows from the rest.
///
/// Nothing is held but the ids of the tracks, some 40 bytes for each song.
public struct GraphExport: Sendable {
    private let knowledge: KnowledgeGraph
    private let format: GraphFormat
    /// The rows of the songs in ascending order; nil for all.
    private let rows: [Int]?

    /// Prepares to write a graph.
    ///
    /// - Parameters:
    ///   - knowledge: The graph.
    ///   - format: The format.
    ///   - neighborhood: The songs to write with all that they are related to; nil for all.
    public init(
        _ knowledge: KnowledgeGraph, as format: GraphFormat,
        around neighborhood: Neighborhood? = nil
    ) {
        self.knowledge = knowledge
        self.format = format
        rows = neighborhood?.members.map(\.row).sorted()
    }

    /// Writes the graph into a file, which appears only when it is complete.
    ///
    /// - Parameters:
    ///   - url: The file.
    ///   - progress: Called now and then with the work done so far and all of it.
    /// - Throws: `FileError` if the file cannot be written, or the library is damaged.
    public func write(
        to url: URL, progress: (_ completed: Int, _ total: Int) -> Void = { _, _ in }
    ) throws {
        var writer = try AtomicFileWriter(to: url)
        try write(progress: progress) { try writer.write($0) }
        try writer.commit()
    }

    /// Writes the graph piece by piece.
    ///
    /// - Parameters:
    ///   - progress: Called now and then with the work done so far and all of it.
    ///   - body: Called with each piece of the file, UTF-8.
    /// - Throws: `FileError` if the library is damaged, or what the body throws.
    public func write(
        progress: (_ completed: Int, _ total: Int) -> Void = { _, _ in },
        body: (_ piece: [UInt8]) throws -> Void
    ) throws {
        switch format {
        case .graphml: try write(GraphMLEncoder(), progress, body)
        case .gexf: try write(GEXFEncoder(), progress, body)
        case .json: try write(NodeLinkEncoder(), progress, body)
        case .turtle: try write(TurtleEncoder(), progress, body)
        case .jsonld: try write(JSONLDEncoder(), progress, body)
        }
    }

    private func write<Encoder: GraphEncoder>(
        _ encoder: Encoder, _ progress: (Int, Int) -> Void, _ body: ([UInt8]) throws -> Void
    ) throws {
        var encoder = encoder
        var text = ExportText()
        let walk = try ExportWalk(knowledge, rows: rows)
        let total = (Encoder.edgesFollowTheirSong ? 1 : 2) * walk.songCount
        var completed = 0
        func flush() throws {
            try body(text.bytes)
            text.removeAll()
            progress(completed, total)
        }

        encoder.begin(ExportedGraph(recipe: knowledge.library.graph?.recipe), into: &text)
        try walk.forEachSong { node in
            encoder.write(node, into: &text)
            if Encoder.edgesFollowTheirSong {
                walk.forEachEdge(of: node, repeating: true) { encoder.write($0, into: &text) }
            }
            completed += 1
            if text.isLong { try flush() }
        }
        try walk.forEachOtherNode { node in
            encoder.write(node, into: &text)
            if text.isLong { try flush() }
        }
        encoder.beginEdges(into: &text)
        if !Encoder.edgesFollowTheirSong {
            try walk.forEachSong { node in
                walk.forEachEdge(of: node, repeating: false) { encoder.write($0, into: &text) }
                completed += 1
                if text.isLong { try flush() }
            }
        }
        encoder.end(into: &text)
        try flush()
    }
}
