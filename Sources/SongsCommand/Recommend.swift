import ArgumentParser
import CommandSupport
import Foundation
import Graph
import Imaging
import SongsSupport
import Valence

/// `songs recommend`: music for a mood, or like other songs.
struct Recommend: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Find music for a mood, or like other songs.",
        discussion: """
            Examples:
              songs recommend --emotion happy
              songs recommend --emotion sad --mode match --count 20 --playlist sad.m3u
              songs recommend --probabilities '{"happy": 0.6, "surprise": 0.4}'
              songs recommend --library mine --like 6rqhFgbbKwnb9MLmUQDhG6 --listener anna
            """)

    @OptionGroup var library: LibraryOptions

    @Option(
        help: ArgumentHelp(
            "The mood: \(Imaging.Expression.names.joined(separator: ", ")).", valueName: "name"))
    var emotion: Imaging.Expression?

    @Option(
        help: ArgumentHelp(
            """
            The mood as JSON: an object of emotions and their probabilities, or a list of seven in \
            the order above.
            """, valueName: "json"))
    var probabilities: MoodProbabilities?

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Songs that the answer should be like.", valueName: "track-id"))
    var like: [String] = []

    @Option(help: ArgumentHelp("How many songs.", valueName: "n"))
    var count = 10

    @Option(
        help: ArgumentHelp(
            """
            match: songs like the mood; lift: songs that lead to a better one. (default: lift for \
            anger, fear and sadness, else match)
            """, valueName: "match|lift"))
    var mode: MoodMode?

    @Option(
        help: ArgumentHelp("Whose feedback counts; see songs feedback.", valueName: "name"))
    var listener: String?

    @Option(
        help: ArgumentHelp("Another number gives other songs for the same mood.", valueName: "n"))
    var seed: UInt64 = 0

    @Option(help: ArgumentHelp("Write a playlist, .m3u or .csv.", valueName: "file"))
    var playlist: String?

    func validate() throws {
        try checkCounts([("count", count)])
        guard count <= 1000 else { throw ValidationError("--count is 1 to 1000, not \(count).") }
        if emotion != nil, probabilities != nil {
            throw ValidationError("--emotion and --probabilities exclude each other.")
        }
        if emotion == nil, probabilities == nil, like.isEmpty {
            throw ValidationError(
                "name a mood by --emotion or --probabilities, or songs by --like.")
        }
        if mode != nil, emotion == nil, probabilities == nil {
            throw ValidationError("--mode goes with --emotion or --probabilities.")
        }
        if let playlist, Playlist.format(of: URL(filePath: playlist)) == nil {
            throw ValidationError("--playlist names a .m3u or .csv file, not \(playlist).")
        }
    }

    func run() throws {
        let recommender = try SongRecommender(library.open())
        var wish = emotion.map { Wish($0) } ?? Wish(likes: [])
        if let probabilities { wish.mood = probabilities.values }
        wish.likes = like
        wish.count = count
        wish.mode = mode
        wish.listener = listener
        wish.seed = seed

        let start = ContinuousClock.now
        let songs = try recommender.songs(for: wish)
        let milliseconds = (ContinuousClock.now - start) / .milliseconds(1)
        if let playlist { try Playlist(songs).write(to: URL(filePath: playlist)) }
        if library.json {
            let object: JSONObject = [
                "songs": .array(songs.map(\.json)),
                "milliseconds": .number((milliseconds * 100).rounded() / 100),
            ]
            try Terminal.output(object.description)
        } else {
            for (position, song) in songs.enumerated() {
                for line in song.lines(number: position + 1) { try Terminal.output(line) }
            }
        }
        if songs.count < count {
            Terminal.note("only \(songs.count) songs of the library suit the wish")
        }
    }
}
