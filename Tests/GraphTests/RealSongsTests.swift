import Foundation
import Graph
import Testing
import _TestSupport

/// What holds for songs that tests make up, on a list of real ones.
@Suite(
    .enabled(
        if: ProcessInfo.processInfo.environment["VALENCE_SONGS"]?.hasSuffix(".csv") == true,
        "VALENCE_SONGS names no list"))
struct RealSongsTests {
    private let features: SongFeatures
    private let graph: SongGraph

    init() throws {
        let list = try #require(ProcessInfo.processInfo.environment["VALENCE_SONGS"])
        features = SongFeatures(try SongImport().songs(in: URL(filePath: list)).map(\.features))
        graph = try SongGraph.build(SongGraph.Recipe(), over: features)
    }

    @Test("neighbors are those that comparing all pairs finds")
    func exactNeighbors() throws {
        let matrix = graph.space.matrix(of: features)
        for row in stride(from: 0, to: features.count, by: max(features.count / 50, 1)) {
            let others = (0..<features.count).filter { $0 != row }.map { other in
                let squares = zip(matrix[row], matrix[other]).reduce(0.0) { sum, pair in
                    sum + (pair.0 - pair.1) * (pair.0 - pair.1)
                }
                return (distance: squares, row: other)
            }
            let nearest = others.sorted { ($0.distance, $0.row) < ($1.distance, $1.row) }.prefix(20)
            let found = Set(graph.neighbors(of: row).map(\.row))
            #expect(nearest.allSatisfy { found.contains($0.row) }, "row \(row)")
        }
    }

    @Test("a local rank is that of all songs, within its bound")
    func localRank() {
        let rank = PersonalizedPageRank()
        let restart = stride(from: 0, to: features.count, by: max(features.count / 200, 1)).map {
            (row: $0, mass: Double($0 % 3 + 1))
        }
        let exact = rank.scores(in: graph, restart: restart, tolerance: 1e-12)
        for tolerance in [1e-4, 1e-5, 1e-6] {
            var scores = [Double](repeating: 0, count: features.count)
            for (row, score) in rank.localScores(in: graph, restart: restart, tolerance: tolerance)
            {
                scores[row] = score
            }
            for row in 0..<features.count {
                let strength = graph.neighbors(of: row).reduce(0) {
                    $0 + graph.similarity($1.weight)
                }
                let error = exact[row] - scores[row]
                #expect(error > -1e-11 && error <= tolerance * strength + 1e-11, "row \(row)")
            }
        }
    }
}
