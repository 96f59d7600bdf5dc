import Capture
import Foundation
import Imaging
import Testing
import _TestSupport

@Suite(.enabled(if: hasCascades, "the package opencv-data is not installed"))
struct MusicTests {
    @Test func picturesGetSongsOnceAtTheEnd() async throws {
        try await Workplace.use { workplace in
            try workplace.addPicture("a.png")
            try workplace.addPicture("b.png")
            let result = try await workplace.succeed(
                ["--image", "a.png", "b.png", "--json", "--count", "3"])
            #expect(result.outputLines.count == 3)
            #expect(result.outputLines[2].hasPrefix("{\"songs\""))
            let lists = try JSONSongs.all(of: result.output)
            let list = try #require(lists.first)
            #expect(list.songs.count == 3)
            #expect(Set(list.songs.map(\.artist)).count == 3)
            #expect(list.mood.probabilities.count == 7)
            for song in list.songs {
                #expect(song.url.absoluteString.hasPrefix("https://open.spotify.com/"))
                #expect(!song.why.isEmpty && !song.title.isEmpty)
            }
        }
    }

    @Test func textNamesSongsAndReasons() async throws {
        try await Workplace.use { workplace in
            try workplace.addPicture("a.png")
            let result = try await workplace.succeed(["--image", "a.png"])
            let title = try #require(
                result.outputLines.firstIndex { $0.hasPrefix("songs for the mood ") })
            #expect(result.outputLines[title + 1].hasPrefix(" 1  "))
            #expect(result.outputLines[title + 2].hasPrefix("    https://open.spotify.com/"))
            #expect(result.outputLines.contains { $0.hasPrefix(" 5  ") })
            #expect(result.errors == "")
        }
    }

    @Test func noSongsWhereNoneAreWanted() async throws {
        try await Workplace.use { workplace in
            try workplace.addPicture("a.png")
            let result = try await workplace.succeed(["--image", "a.png", "--no-songs"])
            #expect(!result.output.contains("songs"))
        }
    }

    @Test func nobodyGetsNoSongs() async throws {
        try await Workplace.use { workplace in
            try workplace.addPicture("a.png", Image(width: 80, height: 80))
            let result = try await workplace.succeed(["--image", "a.png", "--json"])
            #expect(try JSONSongs.all(of: result.output).isEmpty)
        }
    }

    @Test("a video gets songs when its mood has changed, and no more for the same mood")
    func video() async throws {
        try await Workplace.use { workplace in
            var writer = try VideoWriter(
                to: workplace.folder.appending(path: "clip.y4m"), frameRate: 10)
            for _ in 0..<35 { try writer.write(DrawnScene.portrait().image) }
            try writer.finish()
            let result = try await workplace.succeed([
                "--video", "clip.y4m", "--json", "--seconds", "1", "--playlist", "list.m3u",
            ])
            #expect(try JSONFrame.all(of: result.output).count == 35)
            let lists = try JSONSongs.all(of: result.output)
            #expect(lists.count == 1)
            let place = result.outputLines.firstIndex { $0.hasPrefix("{\"songs\"") }
            #expect(place == 11, "after the frame that ends the first second")
            let playlist = String(decoding: try workplace.bytes("list.m3u"), as: UTF8.self)
            for song in try #require(lists.first).songs {
                #expect(playlist.contains(song.url.absoluteString))
            }
        }
    }

    @Test func aTableGetsItsSongsBesideIt() async throws {
        try await Workplace.use { workplace in
            try workplace.addPicture("a.png")
            let result = try await workplace.succeed(["--image", "a.png", "--format", "csv"])
            #expect(result.outputLines.allSatisfy { $0.split(separator: ",").count > 10 })
            #expect(result.errors.contains("songs for the mood "))
        }
    }

    @Test func aLibraryThatIsNone() async throws {
        try await Workplace.use { workplace in
            try workplace.addPicture("a.png")
            let line = try await workplace.failure(["--image", "a.png", "--songs", "nowhere"])
            #expect(line.contains("nowhere"))
        }
    }
}
