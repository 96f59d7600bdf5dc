import ArgumentParser
import SongsSupport

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

    @Option(
        help: ArgumentHelp("How many songs are shown for a mood. (default: 5)", valueName: "n"))
    var count: Int?

    @OptionGroup var wish: WishOptions

    func validate() throws {
        try checkSongCount(count)
        if noSongs, songs != nil || count != nil || !wish.isEmpty {
            throw ValidationError("--no-songs excludes all options of songs.")
        }
    }
}
