import ArgumentParser
import CommandSupport
import Foundation
import Graph

/// `songs listener`: what is known of listeners.
struct Listener: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List listeners, export what is known of one, or forget it.",
        discussion: """
            Examples:
              songs listener list --library Music
              songs listener export Ana --library Music > ana.json
              songs listener forget Ana --library Music
            """, subcommands: [List.self, Export.self, Forget.self])

    /// `songs listener list`.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the names of listeners.")

        @OptionGroup var library: LibraryOptions

        func run() throws {
            let names = try library.openListeners().listeners()
            if library.json {
                let object: JSONObject = ["listeners": .array(names.map { .string($0) })]
                try Terminal.output(object.description)
            } else {
                if names.isEmpty { Terminal.note("no listener has said anything yet") }
                for name in names { try Terminal.output(name) }
            }
        }
    }

    /// `songs listener export`.
    struct Export: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print all that is known of a listener as JSON.")

        @Argument(help: "The name of the listener.")
        var name: String

        @OptionGroup var library: LibraryOptions

        func run() throws {
            let store = try library.openListeners()
            guard try store.listeners().contains(name) else { throw unknown(name) }
            let feedback = try store.feedback(of: name)
            let object: JSONObject = [
                "listener": .string(name),
                "feedback": .array(
                    feedback.map { item in
                        [
                            "trackID": .string(item.trackID), "kind": .string(item.kind.rawValue),
                            "time": .string(
                                Date(timeIntervalSince1970: item.time).formatted(.iso8601)),
                        ]
                    }),
            ]
            try Terminal.output(object.description)
        }
    }

    /// `songs listener forget`.
    struct Forget: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Remove a listener and all that is known of them.")

        @Argument(help: "The name of the listener.")
        var name: String

        @OptionGroup var library: LibraryOptions

        func run() throws {
            guard try library.openListeners().forget(name) else { throw unknown(name) }
            if library.json {
                let object: JSONObject = ["forgotten": .string(name)]
                try Terminal.output(object.description)
            } else {
                try Terminal.output("forgot \(name)")
            }
        }
    }
}

private func unknown(_ name: String) -> CommandError {
    CommandError("there is no listener \(name). See who is there: songs listener list.")
}
