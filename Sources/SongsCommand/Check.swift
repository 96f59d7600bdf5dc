import ArgumentParser
import CommandSupport
import Graph

/// `songs check`: whether a library is whole.
struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Read all files of a library and test that they are whole.",
        discussion: """
            Checksums of features and graph, the structure of the databases, and the numbers of \
            songs in all parts are tested. Opening a library tests headers only.

            Examples:
              songs check --library Music
            """)

    @OptionGroup var library: LibraryOptions

    func run() throws {
        let library = try library.open()
        try library.verify()
        let graph = library.graph.map { "a graph of \(Format.count($0.edgeCount)) pairs" }
        if self.library.json {
            let object: JSONObject = [
                "songs": .integer(library.count),
                "edges": library.graph.map { .integer($0.edgeCount) } ?? .null,
            ]
            try Terminal.output(object.description)
        } else {
            try Terminal.output(
                "whole: \(Format.count(library.count)) songs, \(graph ?? "no graph")")
        }
    }
}
