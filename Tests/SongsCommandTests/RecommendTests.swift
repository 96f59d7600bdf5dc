import Foundation
import Testing
import _TestSupport

@Suite struct RecommendTests {
    private struct Answer: Decodable {
        var songs: [PrintedSong]
        var milliseconds: Double
    }

    private func answer(
        _ arguments: [String], in workplace: Workplace
    ) async throws -> [PrintedSong] {
        let result = try await workplace.succeed(["recommend", "--json"] + arguments)
        #expect(result.outputLines.count == 1)
        return try JSONDecoder().decode(Answer.self, from: Data(result.output.utf8)).songs
    }

    @Test("without a library there are well-known songs, the same ones each time")
    func embedded() async throws {
        try await Workplace.use { workplace in
            let songs = try await answer(["--emotion", "happy"], in: workplace)
            #expect(songs.count == 10)
            #expect(Set(songs.map(\.artist)).count == 10)
            for song in songs {
                #expect((0...1).contains(song.score) && song.valence > 0.5 && song.energy > 0.5)
                #expect(song.url.absoluteString.hasPrefix("https://open.spotify.com/search/"))
                #expect(song.why.contains { $0.contains("which suits happiness") })
            }
            #expect(try await answer(["--emotion", "happy"], in: workplace) == songs)
            let others = try await answer(["--emotion", "happy", "--seed", "2"], in: workplace)
            #expect(others != songs)
            let same = try await answer(["--probabilities", #"{"happy": 1}"#], in: workplace)
            #expect(same == songs)
        }
    }

    @Test func feedbackIsKeptAndForgotten() async throws {
        try await Workplace.use { workplace in
            let before = try await answer(["--emotion", "sad"], in: workplace)
            let id = before[0].trackID
            try await workplace.succeed(["feedback", "--listener", "Ana", "--track", id, "skip"])
            let hers = ["--emotion", "sad", "--listener", "Ana"]
            #expect(try await !answer(hers, in: workplace).contains { $0.trackID == id })
            #expect(try await answer(["--emotion", "sad"], in: workplace) == before)
            let exported = try await workplace.succeed(["listener", "export", "Ana"])
            #expect(exported.output.contains(id) && exported.output.contains("skip"))
            try await workplace.succeed(["listener", "forget", "Ana"])
            #expect(try await answer(hers, in: workplace) == before)
            let stranger = try await workplace.succeed(["recommend"] + hers)
            #expect(stranger.errors.contains("nobody called Ana"))
        }
    }

    @Test func songsLikeOneAreOthers() async throws {
        try await Workplace.use { workplace in
            let id = try await answer(["--emotion", "happy"], in: workplace)[0].trackID
            for mood in [[], ["--emotion", "happy"]] {
                let songs = try await answer(["--like", id] + mood, in: workplace)
                #expect(songs.count == 10)
                #expect(!songs.contains { $0.trackID == id })
                #expect(songs.contains { $0.why.contains { $0.contains("which you like") } })
            }
        }
    }

    @Test func playlists() async throws {
        try await Workplace.use { workplace in
            let songs = try await answer(
                ["--emotion", "angry", "--count", "3", "--playlist", "list.csv"], in: workplace)
            let list = String(decoding: try workplace.bytes("list.csv"), as: UTF8.self)
            #expect(list.split(whereSeparator: \.isNewline).count == 4)
            #expect(songs.allSatisfy { list.contains($0.url.absoluteString) })
            let line = try await workplace.failure(
                ["recommend", "--emotion", "sad", "--playlist", "nowhere/list.m3u"])
            #expect(line.contains("nowhere"))
        }
    }

    @Test func aThousandSongs() async throws {
        try await Workplace.use { workplace in
            // A way is narrower than the surroundings of a place.
            for (mode, least) in [("match", 200), ("lift", 50)] {
                let songs = try await answer(
                    ["--emotion", "sad", "--count", "1000", "--mode", mode], in: workplace)
                #expect(songs.count > least)
                #expect(Set(songs.map(\.trackID)).count == songs.count)
            }
        }
    }

    @Test(
        "wrong usage has status 64",
        arguments: [
            [], ["--emotion", "glad"], ["--emotion", "3"], ["--probabilities", "[1]"],
            ["--probabilities", #"{"joy": 1}"#], ["--probabilities", #"{"happy": 2}"#],
            ["--probabilities", #"{"happy": 0.9, "HAPPY": 0.1}"#], ["--probabilities", "{}"],
            ["--emotion", "sad", "--probabilities", #"{"sad": 1}"#], ["--mode", "lift"],
            ["--emotion", "sad", "--count", "0"], ["--emotion", "sad", "--count", "1001"],
            ["--emotion", "sad", "--listener", ""],
            ["--emotion", "sad", "--playlist", "list.txt"],
        ])
    func usage(arguments: [String]) async throws {
        try await Workplace.use { workplace in
            let result = try await workplace.run(["recommend"] + arguments)
            #expect(result.status == 64, "\(result)")
            #expect(result.output == "")
        }
    }

    @Test func anUnknownSong() async throws {
        try await Workplace.use { workplace in
            let line = try await workplace.failure(["recommend", "--like", "nobody's"])
            #expect(line.contains("nobody's") && line.contains("songs search"))
        }
    }
}
