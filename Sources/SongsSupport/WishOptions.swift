public import ArgumentParser
import CommandSupport
import Foundation
public import Graph
public import Valence

/// What `songs recommend` and `infer` let people choose of the songs for a mood.
public struct WishOptions: ParsableArguments {
    /// What is done with the mood.
    @Option(
        help: ArgumentHelp(
            """
            match: songs like the mood; lift: songs that lead to a better one. (default: lift for \
            anger, fear and sadness, else match)
            """, valueName: "match|lift"))
    public var mode: MoodMode?

    /// Whose feedback counts.
    @Option(
        help: ArgumentHelp("Whose feedback counts; see `songs feedback`.", valueName: "name"))
    public var listener: String?

    /// The file of the playlist.
    @Option(
        help: ArgumentHelp("Write the songs into a playlist, .m3u or .csv.", valueName: "file"))
    public var playlist: String?

    /// Nothing is chosen.
    public init() {}

    /// Checks names.
    ///
    /// - Throws: `ValidationError` where one cannot be meant.
    public func validate() throws {
        if listener?.isEmpty == true { throw ValidationError("--listener needs a name.") }
        if let playlist, Playlist.format(of: URL(filePath: playlist)) == nil {
            throw ValidationError("--playlist names a .m3u or .csv file, not \(playlist).")
        }
    }

    /// Whether anything is chosen.
    public var isEmpty: Bool { mode == nil && listener == nil && playlist == nil }

    /// Tells of what cannot have the effect that is meant, before there is work.
    ///
    /// - Throws: `CommandError` if the playlist has no folder.
    public func check(with library: SongLibrary) throws {
        if let listener, try library.listeners.feedback(of: listener).isEmpty {
            Terminal.note("nobody called \(listener) has said anything of songs yet")
        }
        guard let playlist else { return }
        let folder = URL(filePath: playlist).deletingLastPathComponent()
        guard FileManager.default.fileExists(atPath: folder.path) else {
            throw CommandError("\(playlist): there is no folder \(folder.path) to write it into.")
        }
    }

    /// Adds what is chosen to a wish.
    public func apply(to wish: inout Wish) {
        wish.mode = mode
        wish.listener = listener
    }

    /// Writes the playlist, if one is named.
    ///
    /// - Throws: `FileError` with the reason of the system: disk full.
    public func write(_ songs: [Recommendation]) throws {
        if let playlist { try Playlist(songs).write(to: URL(filePath: playlist)) }
    }
}

/// Checks how many songs are wished.
///
/// - Throws: `ValidationError` where it is none, or more than a list can have.
public func checkSongCount(_ count: Int?) throws {
    if let count, !(1...Wish.countLimit).contains(count) {
        throw ValidationError("--count is 1 to \(Wish.countLimit), not \(count).")
    }
}
