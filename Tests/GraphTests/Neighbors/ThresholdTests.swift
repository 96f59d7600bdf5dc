import Foundation
import Testing
import _TestSupport

@testable import Graph

@Suite struct ThresholdTests {
    private static func vectors(
        _ features: SongFeatures, _ recipe: FeatureRecipe
    ) throws -> [[Double]] {
        let space = try FeatureSpace(recipe, fitting: features)
        return (0..<features.count).map { space.vector(of: features[$0]) }
    }

    @Test(
        "all pairs within the threshold have an edge",
        arguments: [
            (Metric.euclidean, [-1.0, 0, 1e-9, 3, 60, 1e6]),
            (Metric.cosine, [-1.5, -0.2, 0, 0.11, 0.9995, 1, 2]),
        ])
    func exact(metric: Metric, thresholds: [Double]) throws {
        for set in [FeatureSet.raw, .standardized] {
            let features = SongFeatures.example(100)
            let vectors = try Self.vectors(features, FeatureRecipe(set))
            for threshold in thresholds {
                let graph = try SongGraph.build(
                    SongGraph.Recipe(
                        .threshold(threshold), metric: metric, features: FeatureRecipe(set)),
                    over: features, threads: 2)
                for row in 0..<100 {
                    let weights = (0..<100).map {
                        metric == .cosine
                            ? Oracle.cosine(vectors[row], vectors[$0])
                            : Oracle.distance(vectors[row], vectors[$0])
                    }
                    let expected = (0..<100).filter {
                        $0 != row
                            && (metric == .cosine
                                ? weights[$0] > threshold : weights[$0] < threshold)
                    }
                    let found = Array(graph.neighbors(of: row))
                    #expect(found.map(\.row) == expected, "\(set), \(threshold), row \(row)")
                    for neighbor in found {
                        #expect(abs(neighbor.weight - weights[neighbor.row]) < 1e-12)
                    }
                }
            }
        }
    }

    @Test func valuesTooSmallToBeSquared() throws {
        var songs = [AudioFeatures](repeating: AudioFeatures(), count: 3)
        for row in 0..<3 { songs[row][.energy] = Double(row + 1) * 0x1p-1030 }
        let graph = try SongGraph.build(
            SongGraph.Recipe(.threshold(1), features: FeatureRecipe(.raw)),
            over: SongFeatures(songs))
        #expect(graph.edgeCount == 3)
    }

    @Test func vectorsOfLengthZeroHaveTheCosineZero() throws {
        var songs = [AudioFeatures](repeating: AudioFeatures(), count: 3)
        for (row, energy) in [0.0, 0, 1].enumerated() { songs[row][.energy] = energy }
        func degrees(_ threshold: Double) throws -> [Int] {
            let graph = try SongGraph.build(
                SongGraph.Recipe(
                    .threshold(threshold), metric: .cosine, features: FeatureRecipe(.raw)),
                over: SongFeatures(songs))
            return (0..<3).map { graph.degree(of: $0) }
        }
        #expect(try degrees(0) == [0, 0, 0])
        #expect(try degrees(-0.1) == [2, 2, 2])
    }

    @Test("what would not fit is refused before it starts, with numbers")
    func tooLarge() throws {
        var calls = 0
        let error = #expect(throws: GraphError.self) {
            try SongGraph.build(
                SongGraph.Recipe(.threshold(1e9)), over: .example(1000), allowedBytes: 1_000_000
            ) { _, _ in calls += 1 }
        }
        #expect(calls == 0)
        #expect(error == .tooLarge(edges: 499_500, bytes: 11_988_000, allowed: 1_000_000))
        #expect(error?.description.contains("about 499500 edges") == true)
    }

    @Test(
        "scikit-learn and NetworkX have the same edges with the same weights",
        .enabled("no Python with scikit-learn and networkx: install them, or set VALENCE_PYTHON") {
            await Python.canImport("networkx", "sklearn", "numpy")
        })
    func peers() async throws {
        let features = SongFeatures.example(300)
        let rows = (0..<features.count).map { row in
            AudioFeature.eleven.map { "\(features[row, $0])" }.joined(separator: ",")
        }
        for (metric, threshold) in [
            (Metric.cosine, 0.11), (.cosine, 0.9995), (.euclidean, 8), (.euclidean, 40),
        ] {
            let printed = try await withTemporaryFolder { folder in
                try Data(rows.joined(separator: "\n").utf8).write(
                    to: folder.appending(path: "list.csv"))
                return try await Python.run(
                    """
                    import networkx, numpy
                    from sklearn.metrics.pairwise import cosine_similarity, euclidean_distances
                    matrix = numpy.loadtxt("list.csv", delimiter=",")
                    cosine = "\(metric)" == "cosine"
                    weights = (cosine_similarity if cosine else euclidean_distances)(matrix)
                    wanted = weights > \(threshold) if cosine else weights < \(threshold)
                    graph = networkx.from_numpy_array(numpy.where(wanted, weights + 1e-300, 0))
                    for a, b, weight in graph.edges(data="weight"):
                        if a != b: print(min(a, b), max(a, b), repr(float(weight)))
                    """, in: folder)
            }
            let expected = printed.split(separator: "\n").map { $0.split(separator: " ") }
            let graph = try SongGraph.build(
                SongGraph.Recipe(
                    .threshold(threshold), metric: metric, features: FeatureRecipe(.raw)),
                over: features)
            #expect(graph.edgeCount == expected.count && !expected.isEmpty)
            for edge in expected {
                let (a, b) = (try #require(Int(edge[0])), try #require(Int(edge[1])))
                let weight = try #require(Double(edge[2]))
                let found = graph.neighbors(of: a).first { $0.row == b }
                #expect(found.map { abs($0.weight - weight) < 1e-5 } == true, "\(a) \(b)")
            }
        }
    }
}
