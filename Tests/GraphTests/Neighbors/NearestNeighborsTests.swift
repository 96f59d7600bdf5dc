import Foundation
import Tensor
import Testing
import _TestSupport

@testable import Graph

/// Graphs of the nearest songs beside those of an oracle that compares every pair.
@Suite struct NearestNeighborsTests {
    /// Clouds of points that are hard for a tree, by their names.
    private static func points(_ kind: String, _ count: Int) -> [AudioFeatures] {
        let scale = kind.split(separator: " ").last.flatMap { Double($0) } ?? 1
        var random = RandomSource(seed: 5)
        let features = Array(AudioFeature.eleven)
        return (0..<count).map { index in
            var song = AudioFeatures()
            for feature in features.prefix(kind == "one dimension" ? 1 : 11) {
                song[feature] =
                    switch kind {
                    case "all equal": 0.25
                    case "few values": Double(Int.random(in: -1...1, using: &random))
                    case "outlier" where index == 3: 1e12
                    case "copies" where index % 3 > 0: Double(index / 60 * feature.rawValue)
                    case "origin" where index % 4 == 0: 0
                    case "tiny": Double.random(in: -1...1, using: &random) * 1e-30
                    default: Double.random(in: -1...1, using: &random) * scale
                    }
                if kind == "constant", feature == .energy { song[feature] = 7 }
                if kind == "missing", Int.random(in: 0..<9, using: &random) == 0 {
                    song[feature] = .nan
                }
            }
            return song
        }
    }

    private static let kinds = [
        "plain", "all equal", "few values", "outlier", "copies", "origin", "tiny", "constant",
        "missing", "one dimension",
    ]

    /// What is small for near rows, as the search reckons it.
    private static func cost(_ metric: Metric, _ vectors: [[Double]]) -> (Int, Int) -> Double {
        metric == .euclidean
            ? { Oracle.squaredDistance(vectors[$0], vectors[$1]) }
            : { Oracle.cosineDistance(vectors[$0], vectors[$1]) }
    }

    /// Compares graphs of points with what comparing all pairs finds.
    private static func compare(
        _ kind: String, _ count: Int, neighbors: Int, _ metric: Metric
    ) throws {
        let features = SongFeatures(points(kind, count))
        let space = try FeatureSpace(FeatureRecipe(.raw), fitting: features)
        let vectors = (0..<count).map { space.vector(of: features[$0]) }
        let nearest = Oracle.nearest(neighbors, ofRows: count, by: cost(metric, vectors))
        var isNear = [[Bool]](repeating: .init(repeating: false, count: count), count: count)
        for (row, neighbors) in nearest.enumerated() {
            for neighbor in neighbors { isNear[row][neighbor] = true }
        }
        for isMutual in [false, true] {
            let graph = try SongGraph.build(
                SongGraph.Recipe(
                    .nearest(neighbors, mutual: isMutual), metric: metric,
                    features: FeatureRecipe(.raw)),
                over: features, threads: 2)
            #expect(graph.count == count)
            for row in 0..<count {
                let expected = (0..<count).filter {
                    isMutual
                        ? isNear[row][$0] && isNear[$0][row] : isNear[row][$0] || isNear[$0][row]
                }
                let found = Array(graph.neighbors(of: row))
                #expect(
                    found.map(\.row) == expected,
                    "\(count) songs, \(neighbors) neighbors, mutual \(isMutual), \(row)")
                for neighbor in found {
                    let weight = metric.weight(vectors[row], vectors[neighbor.row])
                    #expect(abs(neighbor.weight - weight) <= 1e-6 * (1 + abs(weight)))
                }
            }
        }
    }

    @Test("all nearest are found, ties by row", arguments: kinds, Metric.allCases)
    func exact(kind: String, metric: Metric) throws {
        for count in [1, 2, 33, 150] {
            for neighbors in [3, 40] {
                try Self.compare(kind, count, neighbors: neighbors, metric)
            }
        }
    }

    @Test(
        "all nearest are found below the first node, too",
        arguments: ["few values", "copies", "origin"], Metric.allCases)
    func twoLevels(kind: String, metric: Metric) throws {
        try Self.compare(kind, 600, neighbors: 7, metric)
    }

    @Test(
        "distances whose squares are no numbers any more", arguments: [0x1p-1030, 1e-161, 1e-150])
    func denormal(scale: Double) throws {
        try Self.compare("scale \(scale)", 150, neighbors: 3, .euclidean)
    }

    @Test("weights of edges are numbers, however great values and weights are")
    func greatValues() throws {
        for scale in [1e29, 1e40, 1e99] {
            let features = SongFeatures(Self.points("scale \(scale)", 40))
            for (set, metric) in [
                (FeatureSet.raw, Metric.euclidean), (.raw, .cosine), (.standardized, .euclidean),
            ] {
                let recipe = FeatureRecipe(
                    set, weights: [.energy: FeatureRecipe.greatestWeight, .mode: 1])
                do {
                    let graph = try SongGraph.build(
                        SongGraph.Recipe(
                            .nearest(3, mutual: false), metric: metric, features: recipe),
                        over: features)
                    for row in 0..<40 {
                        #expect(graph.neighbors(of: row).allSatisfy { $0.weight.isFinite })
                        #expect(graph.degree(of: row) >= 3)
                    }
                } catch GraphError.noFeatures {
                    #expect(scale > 1e30)
                }
            }
        }
    }

    @Test func greaterWeightsTrap() async {
        await #expect(processExitsWith: .failure) {
            _ = try FeatureSpace(
                FeatureRecipe(.raw, weights: [.energy: 1e308]), fitting: .example(3))
        }
    }

    @Test("larger libraries, in the default space", arguments: Metric.allCases)
    func manyLeaves(metric: Metric) throws {
        let features = SongFeatures.example(3000)
        let recipe = SongGraph.Recipe(.nearest(7, mutual: false), metric: metric)
        let graph = try SongGraph.build(recipe, over: features, threads: 2)
        let vectors = (0..<3000).map { graph.space.vector(of: features[$0]) }
        let cost = Self.cost(metric, vectors)
        for row in stride(from: 0, to: 3000, by: 100) {
            let nearest = Oracle.nearest(7, to: row, ofRows: 3000, by: cost)
            let found = Set(graph.neighbors(of: row).map(\.row))
            #expect(found.isSuperset(of: nearest))
            for other in found.subtracting(nearest) {
                #expect(Oracle.nearest(7, to: other, ofRows: 3000, by: cost).contains(row))
            }
        }
    }

    @Test("the number of threads changes no byte")
    func threads() throws {
        let features = SongFeatures.example(5000)
        try withTemporaryFolder { folder in
            for rule in [SongGraph.Rule.nearest(10, mutual: false), .threshold(1.5)] {
                let files = try [1, 2, 3].map { threads in
                    let url = folder.appending(path: "graph")
                    try SongGraph.build(
                        SongGraph.Recipe(rule), over: features, threads: threads
                    ).write(to: url)
                    return try Data(contentsOf: url)
                }
                #expect(files[0] == files[1] && files[0] == files[2])
            }
        }
    }

    @Test("equal songs, each of which would take long if it looked at all")
    func manyCopies() throws {
        var song = AudioFeatures()
        for feature in AudioFeature.allCases { song[feature] = 0.5 }
        let features = SongFeatures([AudioFeatures](repeating: song, count: 20_000))
        for metric in Metric.allCases {
            let graph = try SongGraph.build(
                SongGraph.Recipe(
                    .nearest(3, mutual: false), metric: metric, features: FeatureRecipe(.raw)),
                over: features)
            #expect(graph.neighbors(of: 7000).map(\.row) == [0, 1, 2])
            #expect(graph.degree(of: 0) == 19_999)
        }
    }

    @Test func progressEndsTheWork() throws {
        struct Stop: Error {}
        var calls: [Int] = []
        #expect(throws: Stop.self) {
            try SongGraph.build(
                SongGraph.Recipe(), over: .example(5000), threads: 2
            ) { done, total in
                #expect(total == 5000)
                calls.append(done)
                if calls.count == 2 { throw Stop() }
            }
        }
        #expect(calls.count == 2 && calls == calls.sorted())
    }

    @Test func tooManyNeighborsAreRefused() throws {
        let error = #expect(throws: GraphError.self) {
            try SongGraph.build(
                SongGraph.Recipe(.nearest(50, mutual: false)), over: .example(1000),
                allowedBytes: 10_000)
        }
        #expect(error == .tooManyNeighbors(edges: 50_000, bytes: 1_250_000, allowed: 10_000))
        #expect(error?.description.hasSuffix("Choose fewer neighbors.") == true)
    }
}
