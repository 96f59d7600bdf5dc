import ArgumentParser
import CommandSupport
import Foundation
import Graph
import Valence

/// The library that a command works on.
struct LibraryOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The folder of a library, as songs import makes it.",
            discussion: """
                Without it, the folder that the environment variable VALENCE_SONGS names, if it \
                holds a library; else a small list that comes with Valence.
                """, valueName: "folder"), completion: .directory)
    var library: String?

    @Flag(help: "Print one object of JSON on one line.")
    var json = false

    /// The folder that was named; nil for the list that comes with Valence.
    var folder: URL? { SongLibrary.chosenFolder(library) }

    /// Opens the library.
    func open() throws -> SongLibrary {
        guard let folder else { return try SongLibrary.embedded() }
        let library = try SongLibrary(at: folder)
        if library.hasOutdatedGraph {
            Terminal.note(
                "the graph of the library was built from other songs and is not used; "
                    + "songs graph builds it anew")
        }
        return library
    }

    /// What listeners said of the library, be the rest of it damaged or not.
    func openListeners() throws -> ListenerStore {
        guard let folder else { return try SongLibrary.embedded().listeners }
        // A folder that was mistyped has no listeners, but does not say so.
        guard SongLibrary.exists(at: folder) else { return try open().listeners }
        return SongLibrary.listeners(at: folder)
    }

    /// The folder of a library that is to be changed.
    ///
    /// - Throws: `CommandError` where only the list that comes with Valence is left.
    func requiredFolder() throws -> URL { try Self.required(folder) }

    /// The folder of a library that is to be replaced, which nobody should do without naming it.
    ///
    /// - Throws: `CommandError` without `--library`.
    func namedFolder() throws -> URL { try Self.required(library == nil ? nil : folder) }

    private static func required(_ folder: URL?) throws -> URL {
        guard let folder else {
            throw CommandError("no library is named. Name its folder: --library FOLDER.")
        }
        return folder
    }
}
