import Foundation
import Tensor
import Testing
import _TestSupport

@Suite struct ResumeTests {
    /// A training that depends on everything: order, augmentation, dropout, momentum, averages,
    /// schedule, a small last batch.
    private static let fit =
        Workplace.fit + [
            "--recipe", "accurate", "--epochs", "15", "--batch-size", "7", "--checkpoint-every",
            "1",
        ]

    /// What tells one version of a file from another; nil where there is none.
    private func version(of file: URL) -> [String]? {
        let attributes = try? FileManager.default.attributesOfItem(atPath: file.path)
        return attributes.map { attributes in
            [FileAttributeKey.systemFileNumber, .modificationDate].map {
                attributes[$0].map { "\($0)" } ?? ""
            }
        }
    }

    @Test(
        "killed at any moment and resumed, a run ends with the same bytes",
        arguments: [UInt64(1), 2, 3])
    func killed(seed: UInt64) async throws {
        try await Workplace.use { workplace in
            try await workplace.succeed(Self.fit + ["--output", "whole"])
            let checkpoint = workplace.folder.appending(path: "broken/checkpoint")
            var random = RandomSource(seed: seed)
            var kills = 0
            var arguments = Self.fit + ["--output", "broken"]
            while true {
                // Each attempt gets a few steps far, so that kills fall into all parts of the run;
                // with a checkpoint at every step, many fall into writing one.
                let before = version(of: checkpoint)
                let program = try workplace.start(arguments)
                try program.send(
                    SIGKILL, after: .microseconds(Int.random(in: 0...30_000, using: &random))
                ) { version(of: checkpoint) != before }
                let result = try await program.result()
                if result.status == 0 { break }
                try #require(result.signal == SIGKILL, "\(result)")
                kills += 1
                try #require(kills < 100)
                arguments = ["--resume", "broken"]
            }
            #expect(kills > 0, "no kill came in time")
            for name in ["last.safetensors", "best.safetensors"] {
                #expect(
                    try workplace.bytes("broken/\(name)") == workplace.bytes("whole/\(name)"),
                    "\(name) after \(kills) kills")
            }
        }
    }

    @Test(
        "Ctrl-C and SIGTERM leave a checkpoint and one line that says how to go on",
        arguments: [SIGINT, SIGTERM])
    func interrupted(signal: Int32) async throws {
        try await Workplace.use { workplace in
            let endless = ["--epochs", "1000000", "--json", "--output", "run"]
            let program = try workplace.start(Workplace.fit + endless)
            try program.send(signal) { workplace.exists("run/last.safetensors") }
            let result = try await program.result()
            #expect(result.status == 1, "\(result)")
            #expect(result.output == "")
            let line = try #require(result.errorLines.last)
            let pattern = /stopped after step (\d+); to go on: train --resume (.*)/
            let match = try #require(try pattern.wholeMatch(in: line), "\(line)")
            let step = try #require(Int(match.1))
            let folder = String(match.2)

            let checkpoint = workplace.folder.appending(path: "run/checkpoint")
            let before = version(of: checkpoint)
            let resumed = try workplace.start(["--resume", folder])
            try resumed.send(signal) { version(of: checkpoint) != before }
            let second = try await resumed.result()
            #expect(second.status == 1, "\(second)")
            // A run stops after a step, so that the last step of an epoch counts to that epoch.
            let (epoch, place) = ((step - 1) / 6 + 1, (step - 1) % 6 + 1)
            #expect(
                second.outputLines.contains(
                    "going on with epoch \(epoch)/1000000 after step \(place)/6"), "\(second)")
        }
    }

    @Test("a full disk stops a run with one line, and it goes on from there when there is room")
    func fullDisk() async throws {
        try await Workplace.use { workplace in
            try await workplace.succeed(Self.fit + ["--output", "whole"])
            let first = try workplace.start(Self.fit + ["--output", "run"])
            try first.send(SIGINT) { workplace.exists("run/last.safetensors") }
            try #require(try await first.result().status == 1)
            let checkpoint = try workplace.bytes("run/checkpoint")
            // No file may grow beyond that many blocks of 1024 bytes; the program is told by an
            // error in place of a signal, as on a full disk.
            for limit in [0, 1] {
                let program = try RunningProgram(
                    "/bin/bash",
                    [
                        "-c", "trap '' XFSZ; ulimit -f \(limit); exec \"$@\"", "bash",
                        RunningProgram.location(ofProduct: "train").path, "--resume", "run",
                    ], in: workplace.folder, output: .nullDevice)
                let result = try await program.result()
                #expect(result.status == 1, "\(limit): \(result)")
                #expect(try workplace.bytes("run/checkpoint") == checkpoint)
            }
            try await workplace.succeed(["--resume", "run"])
            #expect(
                try workplace.bytes("run/last.safetensors")
                    == workplace.bytes("whole/last.safetensors"))
        }
    }

    @Test func finishedRunOnlyReports() async throws {
        try await Workplace.use { workplace in
            let run = try await workplace.succeed(
                Workplace.fit + ["--output", "run", "--json"])
            let names = ["checkpoint", "last.safetensors", "history.csv", "curves.png"]
            let before = names.map { version(of: workplace.folder.appending(path: "run/\($0)")) }
            let again = try await workplace.succeed(["--resume", "run", "--json"])
            #expect(again.errors.contains("the run is finished already"))
            let after = names.map { version(of: workplace.folder.appending(path: "run/\($0)")) }
            #expect(before == after)
            for key in ["epochs", "loss", "accuracy", "validationLoss", "seconds"] {
                #expect(
                    try jsonObject(again.output)[key] as? Double
                        == jsonObject(run.output)[key] as? Double, "\(key)")
            }
        }
    }

    @Test("a damaged checkpoint is refused, and the one before leads to the same end")
    func damagedCheckpoint() async throws {
        try await Workplace.use { workplace in
            try await workplace.succeed(Workplace.fit + ["--output", "run"])
            let expected = try workplace.bytes("run/last.safetensors")
            try workplace.damage("run/checkpoint")
            let line = try await workplace.failure(["--resume", "run"])
            #expect(line.contains("run/checkpoint: the checkpoint is damaged: its checksum"))
            let previous = "\(workplace.folder.path)/run/checkpoint.previous"
            #expect(line.contains("after step 12, is intact"))
            #expect(line.hasSuffix("--resume \(previous)\n"))

            let result = try await workplace.succeed(["--resume", previous])
            #expect(result.output.contains("going on with epoch 3/3 after step 0/6"))
            #expect(try workplace.bytes("run/last.safetensors") == expected)
            let again = try await workplace.succeed(["--resume", "run"])
            #expect(again.output.contains("the run is finished already"))

            try workplace.damage("run/checkpoint")
            try workplace.damage("run/checkpoint.previous")
            let both = try await workplace.failure(["--resume", "run"])
            #expect(both.hasSuffix("start the run anew.\n"))
            let named = try await workplace.failure(["--resume", previous])
            #expect(named.contains("checkpoint.previous: the checkpoint is damaged"))
        }
    }

    @Test("a run that was killed before its first checkpoint begins anew")
    func noCheckpointYet() async throws {
        try await Workplace.use { workplace in
            try await workplace.succeed(Workplace.fit + ["--output", "run"])
            let expected = try workplace.bytes("run/last.safetensors")
            for name in ["checkpoint", "checkpoint.previous", "last.safetensors"] {
                try FileManager.default.removeItem(
                    at: workplace.folder.appending(path: "run/\(name)"))
            }
            let result = try await workplace.succeed(["--resume", "run"])
            #expect(result.output.contains("beginning anew"))
            #expect(try workplace.bytes("run/last.safetensors") == expected)
        }
    }

    @Test("drawn faces are drawn again from the seed of the run")
    func drawnFaces() async throws {
        try await Workplace.use { workplace in
            try workplace.addModel("faces", side: 48, classes: 7)
            try await workplace.succeed([
                "--model", "faces.json", "--epochs", "1", "--seed", "9", "--output", "run",
            ])
            let result = try await workplace.succeed(["--resume", "run"])
            #expect(result.output.contains("the run is finished already"))
        }
    }

    @Test("a run is resumed from any folder, and with data that have moved")
    func otherPlaces() async throws {
        try await Workplace.use { workplace in
            try workplace.folder.addFile("elsewhere/note", [])
            try await workplace.succeed(Workplace.fit + ["--output", "run"])
            try await workplace.succeed(["--resume", "../run"], in: "elsewhere")
            try FileManager.default.moveItem(
                at: workplace.folder.appending(path: "pictures"),
                to: workplace.folder.appending(path: "moved"))
            let line = try await workplace.failure(["--resume", "run"])
            #expect(line.contains("/pictures: the data of the run are not there any more"))
            try await workplace.succeed(["--resume", "run", "--data", "moved"])

            try workplace.addPictures("others", side: 12, splits: ["train": 18, "validation": 6])
            let result = try await workplace.run(["--resume", "run", "--data", "others"])
            #expect(result.status == 1)
            #expect(result.errors.contains("was made with other training data"))
        }
    }

    @Test func nothingToResume() async throws {
        try await Workplace.use { workplace in
            let missing = try await workplace.failure(["--resume", "nowhere"])
            #expect(missing.contains("nowhere: there is no such folder or checkpoint"))
            let empty = try await workplace.failure(["--resume", "pictures"])
            #expect(empty.contains("there is no training run in this folder"))
            try workplace.folder.addFile("run/run.json", Array("{}".utf8))
            let damaged = try await workplace.failure(["--resume", "run"])
            #expect(damaged.contains("the description of the run is damaged"))
        }
    }
}
