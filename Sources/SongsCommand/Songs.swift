import ArgumentParser
import CommandSupport

/// `songs`: a library of songs, its similarity graph, and music for a mood.
@main
struct Songs: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "songs",
        abstract:
            "Import a list of songs, build their similarity graph, and find music for a mood.",
        version: "0.1.0",
        subcommands: [Query.self, Export.self])

    static func main() { runAndReport() }
}
