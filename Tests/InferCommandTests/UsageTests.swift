import Testing
import _TestSupport

/// What holds for all sources: help, wrong usage, and failures.
@Suite struct UsageTests {
    @Test("help has examples, says what leaves the process, and has status 0")
    func help() async throws {
        try await Workplace.use { workplace in
            let help = try await workplace.succeed(["--help"])
            #expect(help.output.contains("USAGE: infer"))
            #expect(help.output.contains("Examples:\n  infer --camera"))
            #expect(help.output.contains("no picture and no result is stored or sent"))
            #expect(help.output.contains("(default: 60)"))
            #expect(help.errors == "")
            let devices = try await workplace.succeed(["devices", "--help"])
            #expect(devices.output.contains("USAGE: infer devices"))
        }
    }

    @Test(
        "wrong usage has status 64",
        arguments: [
            [], ["--wrong"], ["--image"], ["--image", "a.png", "--video", "b.avi"],
            ["--camera", "/dev/video0", "--folder", "."], ["--image", "a.png", "--duration", "5"],
            ["--video", "b.avi", "--seconds", "0"], ["--video", "b.avi", "--seconds", "nan"],
            ["--video", "b.avi", "--duration", "5", "--frames", "5"],
            ["--image", "a.png", "b.png", "--annotate", "seen.png"],
            ["--folder", "a", "--annotate", "seen.jpg"],
            ["--image", "a.png", "--json", "--format", "csv"],
            ["--video", "b.avi", "--frames", "0"], ["--video", "b.avi", "--annotate", "b.mp4"],
            ["--image", "a.png", "--size", "640x480"], ["--video", "b.avi", "--reconnect"],
            ["--camera", "c", "--size", "640"], ["--camera", "c", "--size", "0x480"],
            ["--camera", "c", "--rate", "0"], ["--camera", "c", "--pixel-format", "MJPEG"],
            ["--image", "a.png", "--no-songs", "--count", "3"],
            ["--image", "a.png", "--count", "9223372036854775807"],
            ["--image", "a.png", "--format", "xml"], ["--image", "a.png", "--threshold", "1.5"],
            ["--image", "a.png", "--threshold", "nan"],
            ["--image", "a.png", "--scale-factor", "1"],
            ["--image", "a.png", "--scale-factor", "nan"],
            ["--image", "a.png", "--min-neighbors", "-1"],
            ["--image", "a.png", "--min-size", "-1"], ["--image", "a.png", "--threads", "0"],
        ])
    func usage(arguments: [String]) async throws {
        try await Workplace.use { workplace in
            let result = try await workplace.run(arguments)
            #expect(result.status == 64, "\(result)")
            #expect(result.output == "")
            #expect(result.errors.hasPrefix("Error: "))
            #expect(result.errors.contains("--help"))
        }
    }

    @Test(
        "a failure has status 1 and one line that says what and where",
        .enabled(if: hasCascades, "the package opencv-data is not installed"),
        arguments: [
            (["--folder", "nowhere"], "nowhere: there is no such folder"),
            (["--folder", "empty"], "empty: holds no files that end in .png"),
            (["--folder", "face.png"], "face.png: is not a folder"),
            (["--video", "nowhere.avi"], "nowhere.avi: cannot read: no such file"),
            (["--video", "nothing"], "nothing: cannot read the video: the file is empty"),
            (["--image", "nowhere.png"], "nowhere.png: cannot read: no such file"),
            (["--image", "nothing"], "nothing: cannot read the picture: the file is empty"),
            (["--image", "face.png", "--weights", "nothing"], "nothing"),
            (["--image", "face.png", "--weights", "nowhere"], "nowhere: cannot read: no such"),
            (["--image", "face.png", "--cascade", "nowhere.xml"], "nowhere.xml: cannot read"),
            (["--image", "face.png", "--cascade", "face.png"], "face.png"),
            (["--image", "face.png", "--annotate", "face.png"], "face.png: is what is read"),
            (["--folder", "empty", "--annotate", "empty"], "empty: is what is read"),
            (["--image", "face.png", "--annotate", "."], ".: is what is read"),
            (["--image", "face.png", "--annotate", "./"], "./: is what is read"),
            (
                ["--image", "face.png", "--annotate", "nothing/there"],
                "nothing/there: the folder cannot be made"
            ),
            (["--camera", "/dev/nowhere"], "/dev/nowhere"),
            (["--camera", "face.png"], "face.png"),
        ])
    func failures(arguments: [String], message: String) async throws {
        try await Workplace.use { workplace in
            try workplace.addPicture("face.png")
            try workplace.folder.addFile("empty/.hidden", [])
            try workplace.folder.addFile("nothing", [])
            let line = try await workplace.failure(arguments)
            #expect(line.contains(message), "\(line)")
        }
    }
}
