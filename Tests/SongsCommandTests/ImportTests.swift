import Foundation
import Tensor
import Testing
import _TestSupport

@Suite struct ImportTests {
    @Test func importsAndAnswers() async throws {
        try await Workplace.use { workplace in
            try workplace.addList("list.csv", songs: 50)
            let result = try await workplace.succeed([
                "import", "list.csv", "--library", "music", "--json",
            ])
            let report = try jsonObject(result.output)
            #expect(report["songs"] as? Int == 50 && report["badRows"] as? Int == 0)
            #expect(report["missing"] as? [String] == ["speechiness", "timeSignature"])
            let found = try await workplace.succeed([
                "search", "--library", "music", "ARTIST song", "17",
            ])
            #expect(found.output == "Song 17 - Artist, 2 (1967)  id17\n")
            let stats = try await workplace.succeed(["stats", "--library", "music", "--json"])
            #expect(try jsonObject(stats.output)["artists"] as? Int == 5)
            let check = try await workplace.succeed(["check", "--library", "music"])
            #expect(check.output == "whole: 50 songs, no graph\n")
            for command in ["stats", "search love", "check", "listener list"] {
                let arguments = command.split(separator: " ").map(String.init)
                let text = try await workplace.succeed(arguments + ["--library", "music"])
                #expect(!text.hasControlCharacters)
                let json = try await workplace.succeed(
                    arguments + ["--library", "music", "--json"])
                _ = try jsonObject(json.output)
            }
        }
    }

    @Test("bad rows are named and counted; --strict stops at the first")
    func badRows() async throws {
        try await Workplace.use { workplace in
            try workplace.folder.addFile(
                "list.csv",
                Array(
                    """
                    track_id,track_name,artist_name,valence,energy
                    a,A,X,0.5,0.5
                    b,B,X,high,0.5
                    c,C,X,0.5
                    d,D,X,-1.5,7
                    """.utf8))
            let result = try await workplace.succeed(["import", "list.csv", "--library", "music"])
            #expect(result.output.hasPrefix("2 songs, without danceability, "))
            #expect(
                result.errorLines == [
                    "row 3 the valence is \"high\", no finite number.",
                    "row 4 has 4 fields instead of 5.", "left out 2 rows without a song",
                    "warning: values outside Spotify's usual ranges are kept (has the list been "
                        + "standardized?): energy in 1, valence in 1",
                ])
            let line = try await workplace.failure([
                "import", "list.csv", "--library", "music", "--strict",
            ])
            #expect(line.contains("list.csv, row 3: the valence is \"high\""))
            let missing = try await workplace.failure(["import", "none.csv", "--library", "music"])
            #expect(missing.contains("none.csv: cannot read: no such file or directory."))
            for songs in ["", "music"] {
                let nowhere = try await workplace.failure(
                    ["import", "list.csv"], environment: ["VALENCE_SONGS": songs])
                #expect(nowhere.contains("--library FOLDER"))
            }
            #expect(try await workplace.run(["import", "list.csv", "--merge", "x"]).status == 64)
        }
    }

    @Test(
        "killed at any moment, an import leaves the old library, and the next one cleans up",
        arguments: [UInt64(1), 2])
    func killed(seed: UInt64) async throws {
        try await Workplace.use { workplace in
            try workplace.addList("old.csv", songs: 10)
            try workplace.addList("new.csv", songs: 20_000)
            try await workplace.succeed(["import", "old.csv", "--library", "music"])
            try await workplace.succeed([
                "feedback", "--library", "music", "--listener", "Ana", "--track", "id3", "like",
            ])
            var random = RandomSource(seed: seed)
            var kills = 0
            let start = ContinuousClock.now
            for _ in 0..<12 {
                let program = try workplace.start(["import", "new.csv", "--library", "music"])
                try program.send(
                    SIGKILL, after: .microseconds(Int.random(in: 0...150_000, using: &random))
                ) { start.duration(to: .now) > .zero }
                let result = try await program.result()
                let stats = try await workplace.succeed(["check", "--library", "music"])
                if result.signal == SIGKILL {
                    kills += 1
                    // It may have been killed behind the last step.
                    let isOld = stats.output == "whole: 10 songs, no graph\n"
                    #expect(isOld || stats.output == "whole: 20,000 songs, no graph\n")
                }
                let listener = try await workplace.succeed([
                    "listener", "export", "Ana", "--library", "music",
                ])
                #expect(listener.output.contains("\"trackID\":\"id3\",\"kind\":\"like\""))
            }
            #expect(kills > 0, "no kill came in time")
            try await workplace.succeed(["import", "old.csv", "--library", "music"])
            let left = try FileManager.default.contentsOfDirectory(
                atPath: workplace.folder.appending(path: "music").path)
            #expect(left.count == 5, "\(left)")
        }
    }

    @Test("on a full disk an import says so in one line, and the old library stays")
    func fullDisk() async throws {
        try await Workplace.use { workplace in
            try workplace.addList("old.csv", songs: 10)
            try workplace.addList("new.csv", songs: 5000)
            try await workplace.succeed(["import", "old.csv", "--library", "music"])
            // No file may grow beyond that many blocks of 1024 bytes; the program is told by an
            // error in place of a signal, as on a full disk.
            for limit in [0, 1, 64, 200, 500] {
                let program = try RunningProgram(
                    "/bin/bash",
                    [
                        "-c", "trap '' XFSZ; ulimit -f \(limit); exec \"$@\"", "bash",
                        RunningProgram.location(ofProduct: "songs").path, "import", "new.csv",
                        "--library", "music",
                    ], in: workplace.folder, output: .nullDevice)
                let result = try await program.result()
                #expect(result.status == 1, "\(limit): \(result)")
                let check = try await workplace.succeed(["check", "--library", "music"])
                #expect(check.output == "whole: 10 songs, no graph\n")
            }
        }
    }

    @Test("a file that is damaged or cut is named, by opening or by check")
    func damaged() async throws {
        try await Workplace.use { workplace in
            try workplace.addList("list.csv", songs: 300)
            try await workplace.succeed(["import", "list.csv", "--library", "music"])
            let folder = workplace.folder.appending(path: "music")
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            for name in names where name != "lock" {
                let whole = try workplace.bytes("music/\(name)")
                let file = folder.appending(path: name)
                try workplace.damage("music/\(name)")
                let line = try await workplace.failure(["check", "--library", "music"])
                #expect(line.contains("/music/\(name): "), "\(line)")
                for size in [0, 10, whole.count / 2, whole.count - 1] {
                    try whole.prefix(size).write(to: file)
                    let line = try await workplace.failure(["check", "--library", "music"])
                    #expect(line.contains("/music"), "\(name) cut to \(size): \(line)")
                }
                try Data("something else altogether".utf8).write(to: file)
                _ = try await workplace.failure(["stats", "--library", "music"])
                try whole.write(to: file)
            }
            try await workplace.succeed(["check", "--library", "music"])
        }
    }

    @Test("the user's files in the folder stay")
    func bystanders() async throws {
        try await Workplace.use { workplace in
            let music = workplace.folder.appending(path: "music")
            try FileManager.default.createDirectory(at: music, withIntermediateDirectories: true)
            try workplace.addList("music/features-mine.csv", songs: 10)
            for _ in 0..<2 {
                try await workplace.succeed([
                    "import", "music/features-mine.csv", "--library", "music",
                ])
            }
            try await workplace.succeed(["graph", "--library", "music"])
            #expect(try !workplace.bytes("music/features-mine.csv").isEmpty)
        }
    }

    @Test("extreme values are told in short")
    func extremeValues() async throws {
        try await Workplace.use { workplace in
            let text = "track_id,track_name,artist_name,valence,energy\na,A,X,1e300,0.5\n"
            try workplace.folder.addFile("list.csv", Array(text.utf8))
            try await workplace.succeed(["import", "list.csv", "--library", "music"])
            let stats = try await workplace.succeed(["stats", "--library", "music"])
            #expect(stats.output.contains("1.000e+300 to 1.000e+300, on average 1.000e+300\n"))
        }
    }

    @Test func listeners() async throws {
        try await Workplace.use { workplace in
            try workplace.addList("list.csv", songs: 10)
            try await workplace.succeed(["import", "list.csv", "--library", "music"])
            func feedback(_ track: String, _ kind: String) -> [String] {
                ["feedback", "--library", "music", "--listener", "Ana", "--track", track, kind]
            }
            try await workplace.succeed(feedback("id3", "like"))
            try await workplace.succeed(feedback("id4", "skip"))
            let unknown = try await workplace.failure(feedback("id99", "like"))
            #expect(unknown.contains("no song has the id id99"))
            #expect(try await workplace.run(feedback("id3", "love")).status == 64)
            let list = try await workplace.succeed(["listener", "list", "--library", "music"])
            #expect(list.output == "Ana\n")
            let export = try await workplace.succeed([
                "listener", "export", "Ana", "--library", "music",
            ])
            let said = try jsonObject(export.output)["feedback"] as? [[String: Any]]
            #expect(said?.map { $0["kind"] as? String } == ["like", "skip"])
            try await workplace.succeed(["listener", "forget", "Ana", "--library", "music"])
            let gone = try await workplace.failure([
                "listener", "forget", "Ana", "--library", "music",
            ])
            #expect(gone.contains("there is no listener Ana"))
        }
    }

    @Test(
        "the list that VALENCE_SONGS names is imported",
        .enabled(
            if: ProcessInfo.processInfo.environment["VALENCE_SONGS"]?.hasSuffix(".csv") == true,
            "VALENCE_SONGS names no list"))
    func realList() async throws {
        let list = try #require(ProcessInfo.processInfo.environment["VALENCE_SONGS"])
        try await Workplace.use { workplace in
            let result = try await workplace.succeed([
                "import", list, "--library", "music", "--json",
            ])
            let songs = try #require(try jsonObject(result.output)["songs"] as? Int)
            #expect(songs > 1000)
            try await workplace.succeed(["check", "--library", "music"])
        }
    }
}

private func jsonObject(_ text: String) throws -> [String: Any] {
    let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
    return try #require(value as? [String: Any])
}

extension Workplace {
    /// Writes a list of songs that are made up, without two of the features.
    func addList(_ name: String, songs: Int) throws {
        var text = "track_id,track_name,artist_name,year,genre"
        let features = [
            "danceability", "energy", "key", "loudness", "mode", "acousticness",
            "instrumentalness", "liveness", "valence", "tempo", "duration_ms",
        ]
        for feature in features { text += ",\(feature)" }
        for index in 0..<songs {
            text += "\nid\(index),Song \(index),\"Artist, \(index % 5)\",\(1950 + index % 70),pop"
            for place in features.indices {
                text += ",0.\((index * (2 * place + 3)) % 1000)"
            }
        }
        try folder.addFile(name, Array((text + "\n").utf8))
    }
}
