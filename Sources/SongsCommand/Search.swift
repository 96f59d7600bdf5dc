import ArgumentParser
import CommandSupport
import Graph

/// `songs search`: songs by words of title and artists.
struct Search: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Find songs by words of their titles and artists.",
        discussion: """
            All words have to be there; the last one may be the beginning of a word. Case, accents \
            and punctuation do not matter. The songs that the words describe best come first.

            Examples:
              songs search "beatles yester" --library Music
              songs search bjork --count 50 --json
            """)

    @Argument(help: "The words.")
    var text: [String]

    @OptionGroup var library: LibraryOptions

    @Option(help: "The most songs to show.")
    var count = 20

    func validate() throws {
        try checkCounts([("count", count)])
    }

    func run() throws {
        let catalog = try library.open().catalog
        let rows = try catalog.search(text.joined(separator: " "), limit: count)
        let songs = try catalog.songs(at: rows)
        if library.json {
            let object: JSONObject = ["songs": .array(songs.map { .object($0.object) })]
            try Terminal.output(object.description)
        } else {
            if songs.isEmpty { Terminal.note("no song has all of these words") }
            for song in songs { try Terminal.output(song.line) }
        }
    }
}
