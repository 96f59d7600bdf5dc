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

    @Test func similarityFallsWithTheDistance() throws {
        #expect(Metric.euclidean.similarity(0) == 1 && Metric.euclidean.similarity(3) == 0.25)
        #expect(Metric.cosine.similarity(0.5) == 0.5 && Metric.cosine.similarity(-0.5) == 0)
    }
}
