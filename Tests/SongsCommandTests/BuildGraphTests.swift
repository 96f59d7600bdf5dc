import Foundation
import Graph
import Testing
import _TestSupport

@Suite struct BuildGraphTests {
    /// A library of songs that are made up, without a graph.
    private static func makeLibrary(in workplace: Workplace) throws {
        let songs = (0..<50).map { index in
            var features = AudioFeatures()
            for feature in AudioFeature.eleven {
                features[feature] = Double((index * (2 * feature.rawValue + 3)) % 53) / 53
            }
            return (Song(id: "id\(index)", title: "Song", artists: ["Artist"]), features)
        }
        try SongLibrary.write(songs, to: workplace.folder.appending(path: "library"))
    }

    @Test func graphIsBuiltIntoTheLibrary() async throws {
        try await Workplace.use { workplace in
            try Self.makeLibrary(in: workplace)
            let text = try await workplace.succeed([
                "graph", "--library", "library", "--neighbors", "5",
            ])
            #expect(text.output.hasPrefix("50 songs, ") && text.output.contains(" edges, "))
            let library = try SongLibrary(at: workplace.folder.appending(path: "library"))
            let graph = try #require(library.graph)
            #expect(graph.recipe == SongGraph.Recipe(.nearest(5, mutual: false)))

            let json = try await workplace.succeed([
                "graph", "--library", "library", "--threshold", "0.9", "--metric", "cosine",
                "--features", "standardized", "--normalization", "rank", "--weight", "energy=2",
                "--threads", "1", "--json",
            ])
            let object = try #require(
                JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
            #expect(object["songs"] as? Int == 50)
            let rebuilt = try SongLibrary(at: workplace.folder.appending(path: "library")).graph
            #expect(
                rebuilt?.recipe
                    == SongGraph.Recipe(
                        .threshold(0.9), metric: .cosine,
                        features: FeatureRecipe(
                            .standardized, normalization: .rank, weights: [.energy: 2])))
            #expect(object["edges"] as? Int == rebuilt?.edgeCount)
        }
    }

    @Test(arguments: [
        ["--threshold", "1", "--neighbors", "3"], ["--threshold", "1", "--mutual"],
        ["--threshold", "nan"], ["--neighbors", "0"], ["--weight", "loudness"],
        ["--weight", "volume=1"], ["--weight", "energy=1e308"],
        ["--features", "raw", "--normalization", "rank"],
        ["--threads", "0"],
    ])
    func wrongUsage(options: [String]) async throws {
        try await Workplace.use { workplace in
            let result = try await workplace.run(["graph", "--library", "library"] + options)
            #expect(result.status == 64)
        }
    }

    @Test func withoutALibrary() async throws {
        try await Workplace.use { workplace in
            #expect(try await workplace.failure(["graph"]).contains("--library"))
            let line = try await workplace.failure(["graph", "--library", "nowhere"])
            #expect(line.contains("songs import"))
        }
    }
}
