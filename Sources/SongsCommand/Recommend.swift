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
            """, valueName: "json"), transform: MoodProbabilities.init(parsing:))
    var probabilities: MoodProbabilities?

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Songs that the answer should be like.", valueName: "track-id"))
    var like: [String] = []

    @Option(help: ArgumentHelp("How many songs.", valueName: "n"))
    var count = 10

    @OptionGroup var options: WishOptions

    @Option(
        help: ArgumentHelp("Another number gives other songs for the same mood.", valueName: "n"))
    var seed: UInt64 = 0

    func validate() throws {
        try checkSongCount(count)
        if emotion != nil, probabilities != nil {
            throw ValidationError("--emotion and --probabilities exclude each other.")
        }
        let hasMood = emotion != nil || probabilities != nil
        if !hasMood, like.isEmpty {
            throw ValidationError(
                "name a mood by --emotion or --probabilities, or songs by --like.")
        }
        if !hasMood, options.mode != nil {
            throw ValidationError("--mode goes with --emotion or --probabilities.")
        }
    }

    func run() throws {
        let songLibrary = try library.open()
        let recommender = try SongRecommender(songLibrary)
        try options.check(with: songLibrary)
        var wish = emotion.map { Wish($0) } ?? Wish(likes: [])
        if let probabilities { wish.mood = probabilities.values }
        wish.likes = like
        wish.count = count
        options.apply(to: &wish)
        wish.seed = seed

        let start = ContinuousClock.now
        let songs = try recommender.songs(for: wish)
        let milliseconds = (ContinuousClock.now - start) / .milliseconds(1)
        try options.write(songs)
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
            let what = songs.count == 1 ? "song of the library suits" : "songs of the library suit"
            Terminal.note("only \(songs.count) \(what) the wish")
        }
    }
}
