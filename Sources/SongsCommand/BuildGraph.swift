public import ArgumentParser
import CommandSupport
public import Graph

/// `songs graph`: which songs are alike.
struct BuildGraph: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "graph",
        abstract: "Build the graph of songs that are alike, into the folder of the library.",
        discussion: """
            A song is joined to its nearest ones, or to all within a threshold. All of them are \
            found: the graph is exact.

            Examples:
              songs graph --library Music
              songs graph --library Music --neighbors 10 --mutual --weight energy=2 --weight key=0
              songs graph --library Music --threshold 0.9995 --metric cosine --features raw
            """)

    @OptionGroup var library: LibraryOptions

    @Option(
        help: ArgumentHelp("How many of its nearest songs a song is joined to.", valueName: "k"))
    var neighbors: Int?
    @Flag(help: "Join only songs of which each is among the nearest of the other.")
    var mutual = false
    @Option(
        help: ArgumentHelp(
            "Join all songs whose cosine is above, or whose distance is below.", valueName: "x"))
    var threshold: Double?
    @Option(help: "What makes songs alike: a small distance, or a great cosine.")
    var metric = Metric.euclidean
    @Option(help: "On which scales features are compared.")
    var features = FeatureSet.balanced
    @Option(help: "How features are brought to a common scale.")
    var normalization = FeatureRecipe.Normalization.standard
    @Option(
        help: ArgumentHelp(
            "What differences in a feature are multiplied by, up to 1e6; 0 leaves it out.",
            valueName: "feature=x"))
    var weight: [FeatureWeight] = []
    @Option(help: "How many threads share the work.")
    var threads: Int?

    func validate() throws {
        try checkCounts([("neighbors", neighbors)])
        try checkThreads(threads)
        if threshold != nil, neighbors != nil || mutual {
            throw ValidationError("--threshold goes without --neighbors and --mutual.")
        }
        if let threshold, !threshold.isFinite {
            throw ValidationError("--threshold is a number, not \(threshold).")
        }
        if features == .raw, normalization != .standard {
            throw ValidationError("--features raw are not normalized.")
        }
    }

    private var recipe: SongGraph.Recipe {
        SongGraph.Recipe(
            threshold.map { .threshold($0) } ?? .nearest(neighbors ?? 20, mutual: mutual),
            metric: metric,
            features: FeatureRecipe(
                features, normalization: normalization,
                weights: Dictionary(weight.map { ($0.feature, $0.value) }) { $1 }))
    }

    func run() throws {
        let clock = ContinuousClock()
        var songs = try SongLibrary(at: library.requiredFolder(), ignoringGraph: true)
        let start = clock.now
        let bar = ProgressBar("neighbors", total: songs.count)
        do {
            defer { bar.clear() }
            try songs.buildGraph(recipe, threads: threads) { completed, _ in
                bar.update(completed: completed)
            }
        }
        guard let graph = songs.graph else { return }
        let seconds = (clock.now - start) / .seconds(1)
        if library.json {
            let object: JSONObject = [
                "songs": .integer(graph.count), "edges": .integer(graph.edgeCount),
                "seconds": .number(seconds), "bytes": .integer(graph.byteCount),
                "peakBytes": .integer(ProcessMemory.peakBytes),
            ]
            try Terminal.output(object.description)
        } else {
            try Terminal.output(
                """
                \(Format.count(graph.count)) songs, \(Format.count(graph.edgeCount)) edges, \
                \(Format.decimal(seconds, digits: 1)) s, \(Format.bytes(graph.byteCount))
                """)
        }
    }
}

/// The weight of a feature: `energy=2`.
struct FeatureWeight: ExpressibleByArgument {
    let feature: AudioFeature
    let value: Double

    init?(argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1)
        guard parts.count == 2, let value = Double(parts[1]),
            abs(value) <= FeatureRecipe.greatestWeight,
            let feature = AudioFeature.allCases.first(where: { "\($0)" == parts[0] })
        else { return nil }
        self.feature = feature
        self.value = value
    }

    static var allValueStrings: [String] { AudioFeature.allCases.map { "\($0)=1" } }
}

extension Metric: ExpressibleByArgument {}
extension FeatureSet: ExpressibleByArgument {}
extension FeatureRecipe.Normalization: ExpressibleByArgument {}
