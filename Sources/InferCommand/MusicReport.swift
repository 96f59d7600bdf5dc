import Capture
import CommandSupport
import Foundation
import Graph
import SongsSupport
import Valence

/// Prints songs whenever there is a new mood, and once at the end for pictures.
struct MusicReport {
    private let recommender: SongRecommender
    private let options: MusicOptions
    private let format: OutputFormat
    private var moods: MoodChanges
    /// What was shown so far.
    private var shown: [Recommendation] = []
    private static let count = 5

    /// Opens the library; `window` is the while whose dominant mood counts, nil for all pictures.
    init(_ options: MusicOptions, format: OutputFormat, window: Duration?) throws {
        let library = try SongLibrary.chosen(SongLibrary.chosenFolder(options.songs))
        recommender = try SongRecommender(library)
        try options.wish.check(with: library)
        self.options = options
        self.format = format
        moods = MoodChanges(every: window)
    }

    /// Takes what was read in a frame, and prints songs if there is a new mood.
    ///
    /// - Parameters:
    ///   - reading: What was read.
    ///   - prepare: What is done before something is printed.
    /// - Throws: Errors of the library, and `OutputError` where nothing can be printed.
    /// - Returns: Whether anybody reads it.
    mutating func take(_ reading: FrameReading, prepare: () -> Void) throws -> Bool {
        let faces = reading.faces.map(\.latest)
        guard let mood = moods.update(with: faces, at: reading.frame.time) else { return true }
        prepare()
        return try show(mood)
    }

    /// Prints songs for what was seen since the last ones, if that is a new mood.
    mutating func finish() throws {
        if let mood = moods.finish() { try show(mood) }
    }

    @discardableResult
    private mutating func show(_ mood: ExpressionReading) throws -> Bool {
        var wish = Wish(mood: mood.probabilities)
        wish.count = options.count ?? Self.count
        options.wish.apply(to: &wish)
        let songs = try recommender.songs(for: wish)
        let known = Set(shown.map(\.row))
        shown += songs.filter { !known.contains($0.row) }
        try options.wish.write(shown)
        switch format {
        case .text:
            return try lines(songs, for: mood).allSatisfy { try Terminal.output($0) }
        case .json:
            let object: JSONObject = [
                "songs": .array(songs.map(\.json)), "mood": JSONReport.value(mood),
            ]
            return try Terminal.output(object.description)
        case .csv:
            // A table of faces has no room for songs.
            lines(songs, for: mood).forEach(Terminal.note)
            return true
        }
    }

    private func lines(_ songs: [Recommendation], for mood: ExpressionReading) -> [String] {
        let title = "songs for the mood \(mood.expression.label) \(mood.confidence.percent):"
        return ["", title] + songs.enumerated().flatMap { $1.lines(number: $0 + 1) } + [""]
    }
}
