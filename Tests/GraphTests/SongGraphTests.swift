import Files
import Foundation
import Testing
import _TestSupport

@testable import Graph

@Suite struct SongGraphTests {
    @Test(arguments: [
        SongGraph.Recipe(.nearest(5, mutual: false)),
        SongGraph.Recipe(.nearest(5, mutual: true), metric: .cosine),
        SongGraph.Recipe(.threshold(40), features: FeatureRecipe(.raw)),
    ])
    func comesBackFromItsFile(recipe: SongGraph.Recipe) throws {
        let features = SongFeatures.example(60)
        let graph = try SongGraph.build(recipe, over: features)
        try withTemporaryFolder { folder in
            let url = folder.appending(path: "graph")
            try graph.write(to: url)
            let read = try SongGraph(contentsOf: url)
            #expect(read.recipe == recipe && read.space == graph.space)
            #expect(read.count == 60 && read.edgeCount == graph.edgeCount)
            for row in 0..<60 {
                #expect(Array(read.neighbors(of: row)) == Array(graph.neighbors(of: row)))
                #expect(read.strengths[row] == graph.strengths[row])
            }
        }
    }

    @Test func damageIsSaid() throws {
        let graph = try SongGraph.build(SongGraph.Recipe(), over: .example(30))
        try withTemporaryFolder { folder in
            let url = folder.appending(path: "graph")
            try graph.write(to: url)
            let bytes = try Data(contentsOf: url)
            for length in [0, 23, 100, 2000, bytes.count - 1] {
                try bytes.prefix(length).write(to: url)
                #expect(throws: FileError.self) { try SongGraph(contentsOf: url) }
            }
            try ArrayFile.write(
                [.init("offsets", StoredArray([0, 1]))], kind: "graph", version: 1, to: url)
            #expect(throws: FileError.self) { try SongGraph(contentsOf: url) }
        }
    }

    /// Walks in a graph in all ways, and says whether none leads out of it.
    private static func isWalkable(_ graph: SongGraph) -> Bool {
        for weighting in [PersonalizedPageRank.Weighting.similarity, .weight] {
            let rank = PersonalizedPageRank(weighting: weighting)
            let scores = rank.scores(in: graph, restart: [(0, 1)], tolerance: 1e-3)
            let local = rank.localScores(in: graph, restart: [(0, 1), (7, 1)], tolerance: 1e-3)
            guard scores.count == graph.count, local.allSatisfy({ $0.row < graph.count }) else {
                return false
            }
        }
        return (0..<graph.count).allSatisfy { row in
            graph.neighbors(of: row).allSatisfy { (0..<graph.count).contains($0.row) }
        }
    }

    @Test("a file with a wrong byte is refused, or leads to wrong songs, but not astray")
    func wrongBytes() throws {
        let graph = try SongGraph.build(
            SongGraph.Recipe(.nearest(3, mutual: false)), over: .example(20))
        try withTemporaryFolder { folder in
            let url = folder.appending(path: "graph")
            try graph.write(to: url)
            let bytes = try Data(contentsOf: url)
            for place in stride(from: 0, to: bytes.count, by: 7) {
                var damaged = bytes
                damaged[place] ^= 0xFF
                try damaged.write(to: url)
                guard let read = try? SongGraph(contentsOf: url) else { continue }
                #expect(Self.isWalkable(read), "byte \(place)")
            }
        }
    }

    @Test func wrongArraysLeadNotAstray() throws {
        let graph = try SongGraph.build(
            SongGraph.Recipe(.nearest(3, mutual: false)), over: .example(20))
        func damaged(
            target: UInt32? = nil, weight: Float? = nil, strength: Double? = nil
        ) -> SongGraph {
            let weights = (0..<graph.weights.count).map { weight ?? Float(graph.weights[$0]) }
            return SongGraph(
                recipe: graph.recipe, space: graph.space, featuresChecksum: 0,
                offsets: graph.offsets, targets: StoredArray(graph.targets.map { target ?? $0 }),
                weights: .float(StoredArray(weights)),
                strengths: StoredArray(graph.strengths.map { strength ?? $0 }))
        }
        #expect(Self.isWalkable(damaged(target: .max)))
        for weight in [-1, -0.9999, .nan, .infinity, -.infinity] as [Float] {
            #expect(Self.isWalkable(damaged(weight: weight)), "weight \(weight)")
        }
        for strength in [0, 1e-300, -1, -1e-300, .nan, .infinity, .leastNonzeroMagnitude] {
            #expect(Self.isWalkable(damaged(strength: strength)), "strength \(strength)")
        }
        try withTemporaryFolder { folder in
            let url = folder.appending(path: "graph")
            var offsets = Array(graph.offsets)
            offsets[5] = -(1 << 40)
            try SongGraph(
                recipe: graph.recipe, space: graph.space, featuresChecksum: 0,
                offsets: StoredArray(offsets), targets: graph.targets, weights: graph.weights,
                strengths: graph.strengths
            ).write(to: url)
            let error = #expect(throws: FileError.self) { try SongGraph(contentsOf: url) }
            #expect(error?.code == .damaged)
        }
    }

    @Test func similarityFallsWithTheDistance() throws {
        #expect(Metric.euclidean.similarity(0) == 1 && Metric.euclidean.similarity(3) == 0.25)
        #expect(Metric.cosine.similarity(0.5) == 0.5 && Metric.cosine.similarity(-0.5) == 0)
    }
}
