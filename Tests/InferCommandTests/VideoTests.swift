import Capture
import Foundation
import Imaging
import Testing
import _TestSupport

@Suite(.enabled(if: hasCascades, "the package opencv-data is not installed"))
struct VideoTests {
    /// Writes a video in which a face moves to the right.
    private func addVideo(_ name: String, to workplace: Workplace, frames: Int = 12) throws {
        var writer = try VideoWriter(to: workplace.folder.appending(path: name), frameRate: 10)
        for frame in 0..<frames {
            var scene = DrawnScene(width: 320, height: 240)
            scene.addFace(0, x: 40 + 5 * (frame % 12), y: 60, side: 120)
            try writer.write(scene.image)
        }
        try writer.finish()
    }

    @Test(
        "frames come in order, with times, and their face keeps its number",
        arguments: ["avi", "y4m"])
    func json(kind: String) async throws {
        try await Workplace.use { workplace in
            try addVideo("clip.\(kind)", to: workplace)
            let result = try await workplace.succeed(["--video", "clip.\(kind)", "--json"])
            let frames = try JSONFrame.all(of: result.output)
            #expect(frames.map(\.frame) == Array(0..<12))
            #expect(frames.map(\.time) == (0..<12).map { Double($0) / 10 })
            #expect(Set(frames.flatMap { $0.faces.map(\.face) }) == [1])
            #expect(frames.filter { $0.faces.count == 1 }.count > 9)
            #expect(frames.last?.mood != nil)
            #expect(result.errorLines[0].hasPrefix("12 frames in "))
            #expect(result.errorLines.last?.hasPrefix("mood: ") == true)
            #expect(!result.hasControlCharacters)
        }
    }

    @Test("text tells changes, and ends with a summary")
    func text() async throws {
        try await Workplace.use { workplace in
            try addVideo("clip.avi", to: workplace)
            let result = try await workplace.succeed(["--video", "clip.avi"])
            #expect(result.outputLines[0].hasPrefix("    0.0 s  face 1  "))
            #expect(result.output.contains("12 frames in "))
            #expect(result.outputLines.contains { $0.hasPrefix("mood: ") })
            #expect(result.errors == "")
            #expect(!result.hasControlCharacters)
        }
    }

    @Test(
        "it ends after so many seconds or frames",
        arguments: [
            (["--duration", "0.5"], 5), (["--frames", "3"], 3), (["--duration", "60"], 12),
        ])
    func limits(options: [String], count: Int) async throws {
        try await Workplace.use { workplace in
            try addVideo("clip.avi", to: workplace)
            let result = try await workplace.succeed(["--video", "clip.avi", "--json"] + options)
            #expect(try JSONFrame.all(of: result.output).count == count)
        }
    }

    @Test(arguments: ["avi", "y4m"])
    func annotatedVideo(kind: String) async throws {
        try await Workplace.use { workplace in
            try addVideo("clip.avi", to: workplace)
            try await workplace.succeed(["--video", "clip.avi", "--annotate", "seen.\(kind)"])
            let url = workplace.folder.appending(path: "seen.\(kind)")
            var seen = try VideoFile(contentsOf: url, color: .rgb)
            var before = try VideoFile(
                contentsOf: workplace.folder.appending(path: "clip.avi"), color: .rgb)
            #expect(seen.frameRate == 10)
            var count = 0
            while let frame = try seen.nextFrame() {
                let original = try #require(try before.nextFrame())
                #expect(frame.image.width == 320 && frame.image.height == 240)
                #expect(frame.image != original.image)
                count += 1
            }
            #expect(count == 12)
        }
    }

    @Test("of a video that is cut short, the frames before the cut are read")
    func cutShort() async throws {
        try await Workplace.use { workplace in
            try addVideo("clip.y4m", to: workplace)
            let bytes = try workplace.bytes("clip.y4m")
            try workplace.folder.addFile("cut.y4m", bytes.prefix(bytes.count / 2))
            let result = try await workplace.run(["--video", "cut.y4m", "--json"])
            #expect(result.status == 1)
            #expect(try JSONFrame.all(of: result.output).count == 5)
            let errors = result.errorLines.filter { $0.hasPrefix("error: ") }
            #expect(errors.count == 1 && errors[0].contains("cut.y4m"))
        }
    }

    @Test("Ctrl-C ends it with a summary and status 0", arguments: [SIGINT, SIGTERM])
    func interruption(signal: Int32) async throws {
        try await Workplace.use { workplace in
            try addVideo("long.avi", to: workplace, frames: 3000)
            let program = try workplace.start([
                "--video", "long.avi", "--annotate", "seen.avi", "--json",
            ])
            let file = workplace.folder.appending(path: "seen.avi")
            try program.send(signal) {
                ((try? file.resourceValues(forKeys: [.fileSizeKey]))?.fileSize ?? 0) > 100_000
            }
            let result = try await program.result()
            #expect(result.status == 0, "\(result)")
            let frames = try JSONFrame.all(of: result.output).count
            #expect(frames > 0 && frames < 3000)
            #expect(result.errorLines.first?.contains(" frames in ") == true)
            // What was written until then can be read.
            var seen = try VideoFile(contentsOf: file, color: .grayscale)
            var count = 0
            while try seen.nextFrame() != nil { count += 1 }
            #expect(count == frames)
        }
    }

    private static let script = "/usr/bin/script"

    @Test(
        "in a terminal there is a live view, and then the summary",
        .enabled(if: FileManager.default.isExecutableFile(atPath: script), "needs script(1)"))
    func liveView() async throws {
        try await Workplace.use { workplace in
            try addVideo("clip.avi", to: workplace)
            let infer = RunningProgram.location(ofProduct: "infer").path
            let program = try RunningProgram(
                Self.script, ["-qec", "stty cols 100; \(infer) --video clip.avi", "/dev/null"],
                in: workplace.folder, environment: ["TERM": "xterm"])
            let result = try await program.result()
            #expect(result.status == 0, "\(result)")
            #expect(result.output.contains("clip.avi  320x240  0:0"))
            #expect(result.output.contains(" frames/s  (find faces "))
            #expect(result.output.contains("\r\n  surprise  "))
            #expect(result.output.contains("█") || result.output.contains("░"))
            #expect(!result.output.contains(" s  face 1  "))
            #expect(result.output.contains("12 frames in "))
        }
    }

    @Test("it ends when nobody reads its lines any more")
    func closedPipe() async throws {
        try await Workplace.use { workplace in
            try addVideo("long.avi", to: workplace, frames: 3000)
            let pipe = Pipe()
            let program = try workplace.start(
                ["--video", "long.avi", "--json"], output: pipe.fileHandleForWriting)
            try pipe.fileHandleForWriting.close()
            #expect(pipe.fileHandleForReading.availableData.count > 0)
            try pipe.fileHandleForReading.close()
            let result = try await program.result()
            #expect(result.status == 0, "\(result)")
            #expect(result.errors.contains(" frames in "))
            #expect(!result.errors.contains("3,000 frames"))
        }
    }

    @Test("a full disk is a failure")
    func fullDisk() async throws {
        try await Workplace.use { workplace in
            try workplace.addPicture("face.png")
            let full = try #require(FileHandle(forWritingAtPath: "/dev/full"))
            let result = try await workplace.run(
                ["--image", "face.png", "--json"], output: full)
            #expect(result.status == 1)
            #expect(
                result.errors.contains("error: standard output cannot be written: no space left"))
        }
    }
}
