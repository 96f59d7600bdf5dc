import Foundation
import Imaging
import Testing
import _TestSupport

@Suite struct ExportTests {
    @Test(
        "each format is chosen by the ending of the file",
        arguments: [
            ("all.graphml", "<graphml"), ("all.gexf", "<gexf"), ("all.json", "\"directed\": false"),
            ("all.ttl", "@prefix schema:"), ("all.jsonld", "\"@context\""),
        ])
    func formats(file: String, words: String) async throws {
        try await SmallLibrary.use { workplace in
            let result = try await workplace.succeed(
                ["export", "--library", "Music", "--output", file])
            #expect(result.output.isEmpty && result.errors.isEmpty)
            let text = String(decoding: try workplace.bytes(file), as: UTF8.self)
            #expect(text.contains(words) && text.contains("Song 14"))

            let format = file == "all.ttl" ? "turtle" : String(file.split(separator: ".")[1])
            let printed = try await workplace.succeed(
                ["export", "--library", "Music", "--output", "-", "--format", format])
            #expect(printed.output == text)
        }
    }

    @Test func drawsTheSongsAroundOne() async throws {
        try await SmallLibrary.use { workplace in
            for file in ["around.svg", "around.png"] {
                let result = try await workplace.succeed([
                    "export", "--library", "Music", "--around", "id5", "--output", file,
                    "--limit", "8", "--json",
                ])
                #expect(result.output.contains("\"songs\":8") && result.errors.contains("8 songs"))
            }
            let image = try Image(contentsOf: workplace.folder.appending(path: "around.png"))
            #expect(image.width >= 2000)
            #expect(
                String(decoding: try workplace.bytes("around.svg"), as: UTF8.self).contains("<svg"))
        }
    }

    @Test func saysWhatIsWrong() async throws {
        try await SmallLibrary.use { workplace in
            for (arguments, words) in [
                (["--output", "all.xyz"], "--format"), (["--output", "-"], "needs --format"),
                (["--output", "all.svg"], "--around TRACK_ID"),
                (["--output", "a.png", "--around", "id1", "--limit", "501"], "500 songs"),
                (["--output", "-", "--format", "gexf", "--json"], "--json"),
            ] {
                let result = try await workplace.run(["export", "--library", "Music"] + arguments)
                #expect(result.status == 64 && result.errors.contains(words), "\(result)")
            }
            let unknown = try await workplace.failure([
                "export", "--library", "Music", "--around", "nothing", "--output", "a.json",
            ])
            #expect(unknown.contains("No song has the id or title \"nothing\""))
            let noFolder = try await workplace.failure([
                "export", "--library", "Music", "--output", "missing/all.json",
            ])
            #expect(noFolder.contains("cannot write"))
        }
    }
}
