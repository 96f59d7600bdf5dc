import ArgumentParser
import CommandSupport
import Foundation
import SongsSupport
import Valence

/// Which songs go with the mood.
struct MusicOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            A folder that `songs import` has filled. (default: what VALENCE_SONGS names, else a \
            small list that comes with Valence)
            """, valueName: "library"))
    var songs: String?

    @Flag(help: "Show no songs.")
    var noSongs = false

    @Option(help: ArgumentHelp("How many songs are shown for a mood.", valueName: "n"))
    var count = 5

    @Option(
        help: ArgumentHelp(
            "Whose feedback counts; see `songs feedback`.", valueName: "name"))
    var listener: String?

    @Option(
        help: ArgumentHelp(
            """
            match: songs like the mood; lift: songs that lead to a better one. (default: lift for \
            anger, fear and sadness, else match)
            """, valueName: "match|lift"))
    var mode: MoodMode?

    @Option(
        help: ArgumentHelp(
            "Write all songs that are shown into a playlist, .m3u or .csv.", valueName: "file"))
    var playlist: String?

    func validate() throws {
        try checkCounts([("count", count)])
        if noSongs, songs != nil || playlist != nil || listener != nil {
            throw ValidationError("--no-songs excludes --songs, --listener and --playlist.")
        }
        if let playlist, Playlist.format(of: URL(filePath: playlist)) == nil {
            throw ValidationError("--playlist names a .m3u or .csv file, not \(playlist).")
        }
    }
}
