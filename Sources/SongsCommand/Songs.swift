import ArgumentParser
import CommandSupport

/// `songs`: a library of songs, its similarity graph, and music for a mood.
@main
struct Songs: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "songs",
        abstract:
            "Import a list of songs, build their similarity graph, and find music for a mood.",
        discussion: """
            Without a library, a list of well-known songs is used that comes with Valence.

            Examples:
              songs recommend --emotion happy
              songs import tracks.csv --library Music
              songs graph --library Music
              songs recommend --library Music --emotion sad
            """,
        version: "0.1.0",
        subcommands: [
            Import.self, BuildGraph.self, Stats.self, Search.self, Check.self, Recommend.self,
            Query.self, Export.self, Evaluate.self, FeedbackCommand.self, Listener.self,
        ])

    static func main() { runAndReport() }
}
