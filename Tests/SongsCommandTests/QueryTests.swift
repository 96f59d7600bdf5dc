import Foundation
import Graph
import Testing
import _TestSupport

/// Runs `songs query` and `songs export` on a library of a few songs.
enum SmallLibrary {
    static let songs = (0..<30).map { index in
        var features = AudioFeatures()
        for feature in AudioFeature.allCases {
            features[feature] = Double((index * (5 * feature.rawValue + 7)) % 31) / 31
        }
        return (
            song: Song(
                id: "id\(index)", title: index == 3 ? "Tab\tand\nbreak" : "Song \(index / 2)",
                artists: [["Nina Simone", "Muse", "Air"][index % 3]], year: 1980 + index,
                genres: ["jazz"]), features: features
        )
    }

    /// Calls `body` in a folder with the library `Music`.
    static func use(_ body: (Workplace) async throws -> Void) async throws {
        try await Workplace.use { workplace in
            let folder = workplace.folder.appending(path: "Music")
            try SongLibrary.write(songs, to: folder)
            var library = try SongLibrary(at: folder)
            try library.buildGraph(SongGraph.Recipe(.nearest(4, mutual: false)))
            try await body(workplace)
        }
    }
}

@Suite struct QueryTests {
    @Test func printsALineForEachAnswer() async throws {
        try await SmallLibrary.use { workplace in
            let result = try await workplace.succeed([
                "query", "--library", "Music", "?song by NINA simone", "?song from 1980s",
                "--select", "?song",
            ])
            #expect(
                result.output == """
                    Song 0 - Nina Simone (1980)  id0
                    Tab and break - Nina Simone (1983)  id3
                    Song 3 - Nina Simone (1986)  id6
                    Song 4 - Nina Simone (1989)  id9

                    """)
            #expect(result.errors.isEmpty)
            let none = try await workplace.succeed([
                "query", "--library", "Music", "?song by air", "?song from 1950s",
            ])
            #expect(none.output.isEmpty && none.errors.contains("nothing fulfills"))
        }
    }

    @Test func printsJSON() async throws {
        struct Printed: Decodable {
            struct Node: Decodable {
                let kind: String
                let name, trackID, title: String?
                let artists: [String]?
                let year: Int?
            }
            let variables: [String]
            let answers: [[String: Node]]
            let complete: Bool
            let milliseconds: Double
        }
        try await SmallLibrary.use { workplace in
            let result = try await workplace.succeed([
                "query", "--library", "Music", "?a near Air", "?song by ?a", "--limit", "3",
                "--json",
            ])
            let printed = try JSONDecoder().decode(Printed.self, from: Data(result.output.utf8))
            #expect(result.output.split(separator: "\n").count == 1)
            #expect(printed.variables == ["a", "song"] && printed.answers.count == 3)
            #expect(!printed.complete)
            let first = try #require(printed.answers.first)
            #expect(
                first["a"]?.kind == "artist"
                    && first["song"]?.artists == first["a"]?.name.map { [$0] })
            #expect(first["song"]?.trackID?.hasPrefix("id") == true)
        }
    }

    @Test func saysWhatIsWrong() async throws {
        try await SmallLibrary.use { workplace in
            for (pattern, words) in [
                ("?song likes jazz", "relations are similar, by"),
                ("?song by Nina Simon", "perhaps \"Nina Simone\"?"),
                ("?song by \"Nina", "closing quote"), ("\"Song 2\" by ?a", "\"id4\" by Muse"),
            ] {
                let line = try await workplace.failure(["query", "--library", "Music", pattern])
                #expect(line.contains(words), "\(line)")
            }
            let usage = try await workplace.run(["query", "--library", "Music"])
            #expect(usage.status == 64)
        }
    }
}
