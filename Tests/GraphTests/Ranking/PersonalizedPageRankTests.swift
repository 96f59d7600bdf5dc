import Foundation
import Testing
import _TestSupport

@testable import Graph

@Suite struct PersonalizedPageRankTests {
    private typealias Restart = [(row: Int, mass: Double)]

    /// Mutual neighbors leave some songs without any.
    private static func graph(_ count: Int = 120, metric: Metric = .euclidean) throws -> SongGraph {
        try SongGraph.build(
            SongGraph.Recipe(.nearest(3, mutual: true), metric: metric), over: .example(count))
    }

    private static func dense(
        _ graph: SongGraph, _ value: (Double) -> Double
    ) -> [[Double]] {
        (0..<graph.count).map { row in
            var edges = [Double](repeating: 0, count: graph.count)
            for neighbor in graph.neighbors(of: row) {
                edges[neighbor.row] = value(neighbor.weight)
            }
            return edges
        }
    }

    private static func isolated(_ graph: SongGraph) -> Int? {
        (0..<graph.count).first { graph.degree(of: $0) == 0 }
    }

    @Test(arguments: Metric.allCases)
    func scoresAreThoseOfManySteps(metric: Metric) throws {
        let graph = try Self.graph(metric: metric)
        let alone = try #require(Self.isolated(graph), "the example has a song without neighbors")
        let restarts: [Restart] = [
            [(5, 1)], [(5, 2), (17, 1), (5, 0.5)], [(9, 1), (alone, 3)], [(alone, 1)],
        ]
        for restart in restarts {
            var masses = [Double](repeating: 0, count: graph.count)
            for (row, mass) in restart { masses[row] += mass }
            for weighting in [PersonalizedPageRank.Weighting.similarity, .weight] {
                let rank = PersonalizedPageRank(damping: 0.8, weighting: weighting)
                let expected = Oracle.pageRank(
                    Self.dense(graph) { weighting == .weight ? $0 : graph.similarity($0) },
                    restart: masses, damping: 0.8)
                let scores = rank.scores(in: graph, restart: restart, tolerance: 1e-13, threads: 2)
                #expect(zip(scores, expected).allSatisfy { abs($0 - $1) < 1e-11 })
                #expect(scores == rank.scores(in: graph, restart: restart, tolerance: 1e-13))
                #expect(abs(scores.reduce(0, +) - 1) < 1e-9)
            }
        }
    }

    @Test("local scores are too small by their bound at most")
    func localScores() throws {
        let graph = try SongGraph.build(
            SongGraph.Recipe(.nearest(6, mutual: false)), over: .example(300))
        let restart: Restart = [(5, 2), (100, 1), (0, 0)]
        let rank = PersonalizedPageRank()
        let exact = rank.scores(in: graph, restart: restart, tolerance: 1e-14)
        for tolerance in [1e-3, 1e-4, 1e-6, 1e-9] {
            let local = rank.localScores(in: graph, restart: restart, tolerance: tolerance)
            #expect(local.map(\.row) == local.map(\.row).sorted())
            var scores = [Double](repeating: 0, count: graph.count)
            for (row, score) in local { scores[row] = score }
            for row in 0..<graph.count {
                let error = exact[row] - scores[row]
                #expect(error > -1e-12 && error <= tolerance * graph.strengths[row] + 1e-12)
            }
            #expect(tolerance > 1e-4 || local.count > 10)
        }
    }

    @Test func localScoresOfSongsWithoutNeighborsAreExact() throws {
        let graph = try Self.graph()
        let alone = try #require(Self.isolated(graph))
        let rank = PersonalizedPageRank()
        let restart: Restart = [(9, 1), (alone, 3)]
        let exact = rank.scores(in: graph, restart: restart, tolerance: 1e-14)
        let local = rank.localScores(in: graph, restart: restart, tolerance: 1e-12)
        for (row, score) in local { #expect(abs(score - exact[row]) < 1e-9) }
        #expect(local.contains { $0.row == alone })
        #expect(rank.localScores(in: graph, restart: []).isEmpty)
    }

    @Test func tolerancesAreAboveZero() async {
        await #expect(processExitsWith: .failure) {
            _ = PersonalizedPageRank().scores(in: try Self.graph(), restart: [], tolerance: 0)
        }
        await #expect(processExitsWith: .failure) {
            _ = PersonalizedPageRank().localScores(in: try Self.graph(), restart: [], tolerance: 0)
        }
    }

    @Test(
        "NetworkX has the same scores",
        .enabled("no Python with numpy, scipy and networkx: install them, or set VALENCE_PYTHON") {
            await Python.canImport("networkx", "scipy", "numpy")
        })
    func networkX() async throws {
        let graph = try Self.graph()
        let alone = try #require(Self.isolated(graph))
        let edges = (0..<graph.count).flatMap { row in
            graph.neighbors(of: row).filter { $0.row > row }.map { "\(row) \($0.row) \($0.weight)" }
        }
        let restarts: [Restart] = [[(5, 1)], [(5, 2), (alone, 1)]]
        for restart in restarts {
            let printed = try await withTemporaryFolder { folder in
                try Data(edges.joined(separator: "\n").utf8).write(
                    to: folder.appending(path: "edges"))
                return try await Python.run(
                    """
                    import networkx
                    graph = networkx.read_weighted_edgelist("edges", nodetype=int)
                    graph.add_nodes_from(range(\(graph.count)))
                    restart = {\(restart.map { "\($0.row): \($0.mass)" }.joined(separator: ","))}
                    scores = networkx.pagerank(
                        graph, alpha=0.85, personalization=restart, tol=1e-15, max_iter=2000)
                    print(" ".join(repr(float(scores[row])) for row in range(\(graph.count))))
                    """, in: folder)
            }
            let expected = printed.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
            let scores = PersonalizedPageRank(weighting: .weight).scores(
                in: graph, restart: restart, tolerance: 1e-13)
            try #require(expected.count == scores.count)
            #expect(zip(scores, expected).allSatisfy { abs($0 - $1) < 1e-8 })
        }
    }
}
