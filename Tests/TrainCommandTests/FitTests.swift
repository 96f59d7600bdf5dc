import Foundation
import Testing
import _TestSupport

@Suite struct FitTests {
    @Test func textForPeople() async throws {
        try await Workplace.use { workplace in
            let result = try await workplace.succeed(Workplace.fit + ["--output", "run"])
            let lines = result.outputLines
            try #require(lines.count == 6, "\(result.output)")
            #expect(lines[0].contains("38 pictures of 2 classes, 12 for validation, 2 threads"))
            #expect(lines[1] == "writing to \(workplace.folder.path)/run")
            for epoch in 1...3 {
                let line = lines[epoch + 1]
                #expect(line.hasPrefix("epoch \(epoch)/3  loss "), "\(line)")
                let accuracies = line.matches(of: /accuracy [01]\.\d{3} ± 0\.\d{3}/)
                #expect(accuracies.count == 2, "\(line)")
                #expect(line.contains(#/  validation loss \d+\.\d{3}  /#), "\(line)")
            }
            #expect(lines[5].hasPrefix("weights: \(workplace.folder.path)/run/last.safetensors"))
            #expect(result.errors == "")
            #expect(!result.hasControlCharacters)
        }
    }

    @Test func objectForPrograms() async throws {
        try await Workplace.use { workplace in
            let result = try await workplace.succeed(
                ["fit"] + Workplace.fit + ["--output", "run", "--json"])
            let object = try jsonObject(result.output)
            #expect(
                object.keys.sorted() == [
                    "accuracy", "epochs", "imagesPerSecond", "loss", "peakBytes", "seconds",
                    "standardError", "validationAccuracy", "validationLoss", "weights",
                ])
            #expect(object["epochs"] as? Int == 3)
            #expect(object["weights"] as? String == "\(workplace.folder.path)/run/last.safetensors")
            let history = try String(
                decoding: workplace.bytes("run/history.csv"), as: UTF8.self
            ).split(separator: "\n")
            #expect(history.count == 4)
            let header = history[0].split(separator: ",")
            let last = history[3].split(separator: ",").map { Double($0) }
            for (name, value) in zip(header, last) {
                let key = name == "validationStandardError" ? "standardError" : String(name)
                guard
                    ["loss", "accuracy", "validationLoss", "validationAccuracy"].contains(name)
                        || key != String(name)
                else { continue }
                let printed = try #require(object[key] as? Double)
                // Foundation's reader is off by a bit now and then.
                #expect(abs(printed - (value ?? .nan)) < 1e-12, "\(name)")
            }
            // What people would read goes where it does not disturb.
            #expect(result.errorLines.contains { $0.hasPrefix("epoch 3/3") })
            #expect(!result.hasControlCharacters)
        }
    }

    @Test("a recipe brings its network and its settings, and what is given replaces them")
    func recipe() async throws {
        try await Workplace.use { workplace in
            try workplace.addFaces("fer2013.csv", splits: ["Training": 14, "PublicTest": 7])
            try await workplace.succeed([
                "--data", "fer2013.csv", "--recipe", "accurate", "--epochs", "1", "--batch-size",
                "9", "--output", "run",
            ])
            let run = String(decoding: try workplace.bytes("run/run.json"), as: UTF8.self)
            #expect(run.contains("\\\"filters\\\":288"))
            #expect(run.contains("\"batchSize\" : 9") && run.contains("\"labelSmoothing\" : 0.1"))
            #expect(run.contains("\"blurProbability\" : 0.15"))
            #expect(run.contains("\"averaging\""))

            try await workplace.succeed(
                Workplace.fit + [
                    "--recipe", "accurate", "--averaging", "0", "--augment", "none", "--output",
                    "plain",
                ])
            let plain = String(decoding: try workplace.bytes("plain/run.json"), as: UTF8.self)
            #expect(!plain.contains("\"averaging\""))
            #expect(plain.contains("\"blurProbability\" : 0,"))
        }
    }

    @Test("a network learns from teachers, and goes on after a stop without them")
    func teachers() async throws {
        try await Workplace.use { workplace in
            try await workplace.succeed(Workplace.fit + ["--output", "teacher"])
            let taught =
                Workplace.fit + ["--teachers", "teacher/last.safetensors", "--epochs", "15"]
            let result = try await workplace.succeed(taught + ["--output", "whole"])
            #expect(result.outputLines[0] == "asking 1 teacher about 38 pictures")
            let plain = Workplace.fit + ["--epochs", "15", "--output", "plain"]
            try await workplace.succeed(plain)
            let weights = try workplace.bytes("whole/last.safetensors")
            #expect(try workplace.bytes("plain/last.safetensors") != weights)

            let program = try workplace.start(taught + ["--output", "stopped"])
            try program.send(SIGINT) { workplace.exists("stopped/last.safetensors") }
            try #require(try await program.result().status == 1)
            try FileManager.default.removeItem(
                at: workplace.folder.appending(path: "teacher/last.safetensors"))
            let targets = try workplace.bytes("stopped/targets.npy")
            try FileManager.default.removeItem(
                at: workplace.folder.appending(path: "stopped/targets.npy"))
            let lost = try await workplace.failure(["--resume", "stopped"])
            #expect(lost.contains("Without what its teachers said, a run is to start anew."))
            try workplace.folder.addFile("stopped/targets.npy", targets)
            try await workplace.succeed(["--resume", "stopped"])
            #expect(try workplace.bytes("stopped/last.safetensors") == weights)

            try workplace.addPictures("flowers", side: 12, classes: ["rose", "tulip"])
            let other = try await workplace.failure([
                "--data", "flowers", "--model", "tiny.json", "--teachers", "whole/last.safetensors",
                "--output", "other",
            ])
            #expect(other.contains("tells dark, light apart, the pictures are of rose, tulip"))
        }
    }

    @Test("without --output each run gets a folder of its own")
    func freshFolders() async throws {
        try await Workplace.use { workplace in
            for _ in 1...2 { try await workplace.succeed(Workplace.fit) }
            #expect(workplace.exists("Runs/tiny-1/last.safetensors"))
            #expect(workplace.exists("Runs/tiny-2/last.safetensors"))
            #expect(
                try workplace.bytes("Runs/tiny-1/last.safetensors")
                    == workplace.bytes("Runs/tiny-2/last.safetensors"))
        }
    }

    @Test func testSetsOfFER2013() async throws {
        try await Workplace.use { workplace in
            try workplace.addModel("faces", side: 48, classes: 7)
            try workplace.addFaces(
                "fer2013.csv", splits: ["Training": 40, "PublicTest": 20, "PrivateTest": 10])
            let options = ["--data", "fer2013.csv", "--model", "faces.json", "--epochs", "1"]
            let result = try await workplace.succeed(options)
            let line = try #require(result.outputLines.last)
            #expect(line.hasPrefix("accuracy after the last epoch: PublicTest "), "\(line)")
            let figures = line.matches(of: /(Public|Private|both)\S* (0\.\d{4}) ± 0\.\d{4}/)
                .compactMap { Double($0.2) }
            try #require(figures.count == 3, "\(line)")
            #expect(abs((figures[0] * 20 + figures[1] * 10) / 30 - figures[2]) < 1e-3)

            let both = try await workplace.succeed(options + ["--validation", "test"])
            #expect(both.output.contains("30 for validation"))
        }
    }

    @Test func halfADownload() async throws {
        try await Workplace.use { workplace in
            try workplace.addModel("faces", side: 48, classes: 7)
            try workplace.addFaces("fer2013.csv", splits: ["Training": 20, "PublicTest": 10])
            let options = ["--data", "fer2013.csv", "--model", "faces.json", "--epochs", "1"]
            let result = try await workplace.succeed(options)
            #expect(result.outputLines.last?.hasPrefix("weights: ") == true)
            let line = try await workplace.failure(options + ["--validation", "test"])
            #expect(line.contains("holds no PrivateTest faces, only Training and PublicTest."))
        }
    }

    @Test func namesTheDataThatItFinds() async throws {
        try await Workplace.use { workplace in
            try workplace.addModel("faces", side: 48, classes: 7)
            try workplace.addFaces(
                "Datasets/fer2013.csv", splits: ["Training": 14, "PublicTest": 7])
            let options = ["--model", "faces.json", "--epochs", "1"]
            let found = try await workplace.succeed(options)
            #expect(found.output.contains("14 pictures of 7 classes, 7 for validation"))
            try FileManager.default.moveItem(
                at: workplace.folder.appending(path: "Datasets"),
                to: workplace.folder.appending(path: "Elsewhere"))
            let named = try await workplace.run(
                options, environment: ["VALENCE_FER2013": "Elsewhere/fer2013.csv"])
            #expect(named.output.contains("14 pictures of 7 classes, 7 for validation"))
        }
    }

    @Test("drawn faces stand in, and it says so and how to get others")
    func drawnFaces() async throws {
        try await Workplace.use { workplace in
            try workplace.addModel("faces", side: 48, classes: 7)
            let result = try await workplace.succeed(
                ["--model", "faces.json", "--epochs", "1", "--json"])
            #expect(result.errors.contains("training on built-in drawn faces"))
            #expect(result.errors.contains("kaggle.com"))
            #expect(try jsonObject(result.output)["epochs"] as? Int == 1)
        }
    }

    @Test func endsEarlyWhenAsked() async throws {
        try await Workplace.use { workplace in
            let result = try await workplace.succeed(
                Workplace.fit + [
                    "--epochs", "50", "--learning-rate", "1e-30", "--early-stopping", "2",
                ])
            #expect(result.outputLines.contains { $0.hasPrefix("epoch  3/50") })
            #expect(!result.outputLines.contains { $0.hasPrefix("epoch  4/50") })
            #expect(
                result.outputLines.contains("ended early: no epoch was better than epoch 1"))
        }
    }

    @Test("the settings reach the run", arguments: ["adam", "adamw", "sgd", "nesterov"])
    func settings(optimizer: String) async throws {
        try await Workplace.use { workplace in
            let schedules = [
                "adam": "step", "adamw": "cosine", "sgd": "one-cycle", "nesterov": "constant",
            ]
            let schedule = try #require(schedules[optimizer])
            try await workplace.succeed(
                Workplace.fit + [
                    "--optimizer", optimizer, "--schedule", schedule, "--learning-rate", "0.002",
                    "--augment", "strong", "--seed", "5", "--checkpoint-every", "3", "--output",
                    "run",
                ])
            let run = try String(decoding: workplace.bytes("run/run.json"), as: UTF8.self)
            let names = ["adam": "adam", "adamw": "adamW", "sgd": "sgd", "nesterov": "sgd"]
            #expect(run.contains("\"\(names[optimizer] ?? "")\" : {"))
            #expect(run.contains("\"nesterov\" : true") == (optimizer == "nesterov"))
            #expect(run.contains("0.002"))
            #expect(run.contains("\"seed\" : 5"))
            #expect(run.contains("\"checkpointInterval\" : 3"))
            #expect(run.contains("\"fusesLayers\" : true"))
            #expect(run.contains("\"flipProbability\" : 0.5"))
        }
    }

    @Test("layers are computed one by one if asked to, also after resuming")
    func noFusion() async throws {
        try await Workplace.use { workplace in
            try await workplace.succeed(Workplace.fit + ["--no-fusion", "--output", "run"])
            let run = try String(decoding: workplace.bytes("run/run.json"), as: UTF8.self)
            #expect(run.contains("\"fusesLayers\" : false"))
            let expected = try workplace.bytes("run/last.safetensors")
            try FileManager.default.removeItem(
                at: workplace.folder.appending(path: "run/checkpoint"))
            let resumed = try await workplace.succeed(["--resume", "run"])
            #expect(resumed.output.contains("going on with epoch 3/3"))
            #expect(try workplace.bytes("run/last.safetensors") == expected)
        }
    }

    @Test("a reader that goes away is no reason to stop; a full disk is one to fail at the end")
    func outputThatCannotBeWritten() async throws {
        try await Workplace.use { workplace in
            let pipe = Pipe()
            try pipe.fileHandleForReading.close()
            let unread = try await workplace.run(
                Workplace.fit + ["--output", "unread"], output: pipe.fileHandleForWriting)
            #expect(unread.status == 0, "\(unread)")
            #expect(workplace.exists("unread/last.safetensors"))

            let full = try #require(FileHandle(forWritingAtPath: "/dev/full"))
            let lost = try await workplace.run(
                Workplace.fit + ["--output", "full", "--json"], output: full)
            #expect(lost.status == 1)
            #expect(
                lost.errorLines.last
                    == "error: standard output cannot be written: no space left on device")
            #expect(workplace.exists("full/last.safetensors"))
        }
    }

    private static let script = "/usr/bin/script"

    @Test(
        "a terminal shows a bar with loss, accuracy, speed and time left",
        .enabled(if: FileManager.default.isExecutableFile(atPath: script), "needs script(1)"))
    func terminal() async throws {
        try await Workplace.use { workplace in
            let train = RunningProgram.location(ofProduct: "train").path
            // Some hundred steps, so that the bar is drawn more often than once.
            try workplace.addModel("faces", side: 48, classes: 7)
            let command =
                "\(train) --data synthetic --model faces.json --epochs 1 --batch-size 4"
            let program = try RunningProgram(
                Self.script, ["-qec", "stty cols 120; \(command)", "/dev/null"],
                in: workplace.folder, environment: ["TERM": "xterm"])
            let text = try await program.result().output
            let bar = /\repoch 1\/1  +\d+%  █*░+  (.*?)\u{1B}\[K/
            let details = text.matches(of: bar).map(\.1)
            let wanted = /loss \d+\.\d{3}  accuracy [01]\.\d{3}  \d+ images\/s  \d+:\d\d left/
            #expect(details.contains { $0.wholeMatch(of: wanted) != nil }, "\(details.prefix(9))")
        }
    }
}
