import ArgumentParser
import CommandSupport
import Foundation
import Graph

/// `songs export`: the graph, or the songs around one, for other programs and for the eye.
struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write the graph for other programs, or draw the songs around one.",
        discussion: """
            Formats, and who reads them:
              graphml   NetworkX, igraph, Gephi, Cytoscape, yEd
              gexf      Gephi, NetworkX
              json      node-link JSON: NetworkX (node_link_graph), D3
              turtle    RDF in terms of schema.org: RDFLib, Jena, every triple store
              jsonld    the same as JSON-LD
              svg, png  a drawing of the songs around one

            Nodes have the attribute kind (song, artist, genre, decade, region, key, emotion), \
            edges the attribute relation (similar, by, of, from, in, key, labeled); edges between \
            similar songs have a weight, the cosine or the distance.

            Examples:
              songs export --output songs.graphml
              songs export --format turtle --output - | gzip > songs.ttl.gz
              songs export --around "Feeling Good" --hops 2 --output around.json
              songs export --around 4uLU6hMCjMI75M1A2tKUQC --output around.svg
            """)

    /// What can be written.
    enum FileFormat: String, ExpressibleByArgument, CaseIterable {
        case graphml, gexf, json, turtle, jsonld, svg, png

        var isPicture: Bool { self == .svg || self == .png }
    }

    @OptionGroup var options: LibraryOptions

    @Option(
        help: ArgumentHelp(
            "The format; without it, the one that the ending of the file names.",
            valueName: "format"))
    var format: FileFormat?

    @Option(name: .shortAndLong, help: "The file; - for standard output.", completion: .file())
    var output: String

    @Option(
        help: ArgumentHelp(
            "Only the songs around this one: its id, or a title that only one song has.",
            valueName: "song"))
    var around: String?

    @Option(help: "The most steps between a song and the one in the middle.")
    var hops = 2

    @Option(
        help: ArgumentHelp(
            "The most songs around one, the closest; 40 for drawings, else 10,000.",
            valueName: "songs"))
    var limit: Int?

    func validate() throws {
        try checkCounts([("hops", hops), ("limit", limit)])
        guard let format = chosenFormat else {
            let endings = "graphml, gexf, json, ttl, jsonld, svg and png"
            throw ValidationError(
                output == "-"
                    ? "--output - needs --format."
                    : "--output ends with none of \(endings); name the format with --format.")
        }
        if format.isPicture, around == nil {
            throw ValidationError(
                "A drawing shows the songs around one; name it with --around TRACK_ID.")
        }
        if format.isPicture, let limit, limit > 500 {
            throw ValidationError("A drawing has room for 500 songs, not \(limit).")
        }
        if output == "-", options.json || format == .png {
            throw ValidationError("--output - cannot go with --json or --format png.")
        }
    }

    private var chosenFormat: FileFormat? {
        if let format { return format }
        let ending = URL(filePath: output).pathExtension
        if let format = GraphFormat(fileExtension: ending) {
            return FileFormat(rawValue: format.rawValue)
        }
        return FileFormat(rawValue: ending.lowercased())
    }

    func run() throws {
        guard let format = chosenFormat else { return }
        let start = ContinuousClock.now
        let knowledge = KnowledgeGraph(try options.open())
        let neighborhood = try neighborhood(in: knowledge, isPicture: format.isPicture)
        if let graphFormat = GraphFormat(rawValue: format.rawValue) {
            try write(GraphExport(knowledge, as: graphFormat, around: neighborhood))
        } else if let neighborhood {
            try draw(NeighborhoodDrawing(knowledge, neighborhood), format)
        }
        try report(
            songs: neighborhood?.members.count ?? knowledge.library.count,
            leftOut: neighborhood?.leftOut ?? 0, time: ContinuousClock.now - start)
    }

    private func neighborhood(
        in knowledge: KnowledgeGraph, isPicture: Bool
    ) throws -> Neighborhood? {
        guard let around else {
            if knowledge.library.graph == nil {
                Terminal.note(
                    "the library has no similarity graph yet, so no similar songs are written; "
                        + "songs graph builds it")
            }
            return nil
        }
        return try knowledge.neighborhood(
            ofSongNamed: around, hops: hops, limit: limit ?? (isPicture ? 40 : 10_000))
    }

    private func write(_ export: GraphExport) throws {
        let bar = ProgressBar("export", total: 100)
        defer { bar.clear() }
        func show(_ completed: Int, _ total: Int) {
            bar.update(completed: total > 0 ? completed * 100 / total : 100)
        }
        guard output == "-" else {
            return try export.write(to: URL(filePath: output), progress: show)
        }
        do {
            try export.write(progress: show) { piece in
                guard try Terminal.output(piece) else { throw ReaderLeft() }
            }
        } catch is ReaderLeft {}
    }

    private func draw(_ drawing: NeighborhoodDrawing, _ format: FileFormat) throws {
        if output == "-" {
            try Terminal.output(drawing.svg)
        } else if format == .svg {
            try drawing.writeSVG(to: URL(filePath: output))
        } else {
            try drawing.writePNG(to: URL(filePath: output))
        }
    }

    private func report(songs: Int, leftOut: Int, time: Duration) throws {
        if leftOut > 0 {
            Terminal.note(
                "\(Format.count(songs)) songs of \(Format.count(songs + leftOut)) within "
                    + "\(hops) hops are written, the closest; --limit sets how many")
        }
        guard options.json else { return }
        try Terminal.output(
            JSONValue.object([
                "file": .string(output), "songs": .integer(songs), "leftOut": .integer(leftOut),
                "seconds": .number(((time / .seconds(1)) * 1000).rounded() / 1000),
            ]).description)
    }

    /// Whoever read standard output has what they wanted.
    private struct ReaderLeft: Error {}
}
