import ArgumentParser
import CommandSupport
import Graph
import SongsSupport
import Valence

/// `songs evaluate`: how good the lists are, beside those of simpler methods.
struct Evaluate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure the lists of songs for all moods, and what lies near a song.",
        discussion: """
            Distances are in valence and energy, as shares of the library; in the right quadrant is \
            a song that is happy or not, and energetic or not, as the mood is. The songs of lift are \
            measured by their places on the way, and so are not to be compared with the others in \
            these two.
            """)

    @OptionGroup var library: LibraryOptions

    @Option(help: ArgumentHelp("How many songs a list has.", valueName: "n"))
    var count = 10

    func validate() throws {
        try checkSongCount(count)
    }

    func run() throws {
        let songs = try library.open()
        let evaluation = try QualityEvaluation(songs, count: count)
        let qualities = try ListMethod.allCases.map { ($0, try evaluation.quality(of: $0)) }
        let neighbors = try neighborQualities(of: songs)
        if library.json {
            let object: JSONObject = [
                "moods": .integer(evaluation.moodCount),
                "seeds": .integer(evaluation.repetitions),
                "methods": .object(JSONObject(qualities.map { ($0.rawValue, $1.json) })),
                "neighbors": .object(JSONObject(neighbors.map { ($0.rawValue, $1.json) })),
            ]
            try Terminal.output(object.description)
        } else {
            try print(qualities, of: evaluation)
            try print(neighbors)
        }
    }

    /// What lies near a song in the graph of each set of features that the songs have.
    private func neighborQualities(
        of library: SongLibrary
    ) throws -> [(FeatureSet, NeighborQuality)] {
        var artists: [Set<String>] = []
        try library.catalog.forEachSong { artists.append(Set($1.artists)) }
        return try FeatureSet.allCases.map { set in
            let rule = SongGraph.Rule.nearest(NeighborQuality.count, mutual: false)
            let graph = try SongGraph.build(
                SongGraph.Recipe(rule, features: FeatureRecipe(set)), over: library.features)
            return (set, NeighborQuality(of: graph, artists: artists))
        }
    }

    private func print(
        _ qualities: [(ListMethod, ListQuality)], of evaluation: QualityEvaluation
    ) throws {
        try Terminal.output(
            """
            lists of \(count) songs for \(evaluation.moodCount) moods with \(evaluation.repetitions) seeds

                      distance  in quadrant  repeats  diversity  coverage   step  rising      ms  99th
            """)
        for (method, quality) in qualities {
            let cells = [
                (quality.distance, 8), (quality.inQuadrant, 11), (quality.artistRepeats, 7),
                (quality.diversity, 9), (quality.coverage, 8), (quality.step, 5),
                (quality.rising, 6),
            ]
            let times = [(quality.medianTime, 6), (quality.slowTime, 4)]
            try Terminal.output(
                method.rawValue.padded(to: 8)
                    + cells.map { "  " + Format.decimal($0, digits: 3).leading($1) }.joined()
                    + times.map { "  " + Self.milliseconds($0).leading($1) }.joined())
        }
    }

    private static func milliseconds(_ time: Duration) -> String {
        Format.decimal(time / .milliseconds(1), digits: 1)
    }

    private func print(_ neighbors: [(FeatureSet, NeighborQuality)]) throws {
        try Terminal.output("\nof the \(NeighborQuality.count) nearest songs, by the same artist\n")
        for (set, quality) in neighbors {
            let share = Format.percent(quality.sameArtist, digits: 2)
            let chance = Format.percent(quality.chance, digits: 2)
            try Terminal.output(
                "\(set.rawValue.padded(to: 14))\(share)  (by chance \(chance))")
        }
    }
}

extension ListQuality {
    fileprivate var json: JSONValue {
        [
            "distance": .number(distance), "inQuadrant": .number(inQuadrant),
            "artistRepeats": .number(artistRepeats), "diversity": .number(diversity),
            "coverage": .number(coverage), "step": .number(step), "rising": .number(rising),
            "medianMilliseconds": .number(medianTime / .milliseconds(1)),
            "slowMilliseconds": .number(slowTime / .milliseconds(1)),
        ]
    }
}

extension NeighborQuality {
    fileprivate var json: JSONValue {
        ["sameArtist": .number(sameArtist), "chance": .number(chance)]
    }
}
