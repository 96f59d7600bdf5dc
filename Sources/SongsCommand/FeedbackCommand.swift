public import ArgumentParser
import CommandSupport
import Foundation
public import Graph

/// `songs feedback`: what a listener says of a song.
struct FeedbackCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "feedback", abstract: "Note what a listener says of a song.",
        discussion: """
            Later recommendations for the listener heed it. It is kept through new imports, until \
            songs listener forget.

            Examples:
              songs feedback --listener Ana --track 3n3Ppam7vgaVa1iaRUc9Lp like --library Music
            """)

    @OptionGroup var library: LibraryOptions

    @Option(help: "The name of the listener.")
    var listener: String

    @Option(help: ArgumentHelp("The id of the song.", valueName: "id"))
    var track: String

    @Argument(help: "like, skip (does not want it) or play (heard to its end).")
    var kind: Feedback.Kind

    func validate() throws {
        if listener.isEmpty { throw ValidationError("--listener needs a name.") }
    }

    func run() throws {
        let library = try library.open()
        guard let row = try library.catalog.row(ofID: track) else {
            throw CommandError(
                "no song has the id \(track). Find it by its words: songs search WORDS.")
        }
        try library.listeners.add(
            Feedback(trackID: track, kind: kind, time: Date().timeIntervalSince1970),
            of: listener)
        let song = try library.catalog.song(at: row)
        if self.library.json {
            let object: JSONObject = [
                "listener": .string(listener), "kind": .string(kind.rawValue),
                "song": .object(song.object),
            ]
            try Terminal.output(object.description)
        } else {
            try Terminal.output("\(listener): \(kind.rawValue) \(song.line)")
        }
    }
}

extension Feedback.Kind: ExpressibleByArgument {}
