import Testing
import _TestSupport

/// What holds for all subcommands: help, wrong usage, and failures.
@Suite struct TrainTests {
    @Test(
        "help has examples and status 0",
        arguments: [
            ["--help"], ["fit", "--help"], ["evaluate", "--help"], ["models", "--help"],
            ["profile", "--help"],
        ])
    func help(arguments: [String]) async throws {
        try await Workplace.use { workplace in
            let result = try await workplace.succeed(arguments)
            #expect(result.output.contains("USAGE: train"))
            #expect(result.output.contains("Examples:\n  train "))
            #expect(result.errors == "")
        }
    }

    @Test(
        "wrong usage has status 64, and trains nothing",
        arguments: [
            ["--wrong"], ["--epochs", "0"], ["--epochs", "many"], ["--batch-size", "-1"],
            ["--threads", "0"], ["--threads", "1000000"], ["--early-stopping", "0"],
            ["--checkpoint-every", "0"], ["--learning-rate", "0"], ["--learning-rate", "nan"],
            ["--learning-rate", "-1"], ["--seed", "-1"], ["--recipe", "secret"],
            ["--averaging", "1"], ["--teacher-share", "0.5"],
            ["--teachers", "a", "--teacher-share", "1.5"], ["--resume", "run", "--teachers", "a"],
            ["--optimizer", "lion"],
            ["--schedule", "sine"],
            ["--augment", "much"],
            ["--validation", "private"], ["--resume", "run", "--epochs", "9"],
            ["--resume", "run", "--seed", "42"], ["--resume", "run", "--model", "vgg"],
            ["--resume", "run", "--output", "other"], ["--resume", "run", "--no-fusion"],
            ["superfluous"], ["--data"],
            ["evaluate", "--weights"], ["evaluate", "--weights", "w", "--split", "all"],
            ["evaluate", "--weights", "w", "--tta", "rotate"],
            ["evaluate", "--weights", "w", "--threads", "0"], ["models", "vgg"],
            ["profile", "--batch-size", "0"], ["profile", "--batch-size", "100000"],
            ["profile", "--threads", "0"], ["profile", "--classes", "0"],
            ["profile", "--input", "48x48"], ["profile", "--input", "48x48x2"],
            ["profile", "--input", "0x48x1"], ["profile", "--optimizer", "lion"],
        ])
    func usage(arguments: [String]) async throws {
        try await Workplace.use { workplace in
            let result = try await workplace.run(arguments)
            #expect(result.status == 64, "\(result)")
            #expect(result.output == "")
            #expect(result.errors.hasPrefix("Error: "))
            #expect(result.errors.contains("--help"))
            #expect(!workplace.exists("Runs"))
        }
    }

    @Test(
        "a failure has status 1 and one line that says what and where",
        arguments: [
            (["--data", "nowhere"], "nowhere: cannot read: no such file"),
            (["--data", "empty"], "empty: holds no usable PNG or JPEG pictures"),
            (["--data", "tiny.json"], "tiny.json: is neither a folder, nor a zip archive"),
            (["--data", "table.csv"], "table.csv: has no column named emotion, only a, b."),
            (["--data", "loose"], "loose/1.png: lies outside of the class folders"),
            (["--data", "single"], "holds pictures of a single class, rose; a classifier"),
            (["--data", "few"], "few: no class has a picture to spare for validation"),
            (["--data", "three"], "ends in [2], but the data has 3 classes: a, b, c"),
            (["--data", "synthetic"], "tiny takes [12, 12, 1], the pictures are [48, 48, 1]"),
            (
                ["--model", "resnet"],
                "there is no model resnet, only: expression, sequential, vgg; or name"
            ),
            (["--model", "nothing.json"], "nothing.json: the description of the model cannot be"),
            (
                ["--model", "wrong.json"],
                "wrong.json: the architecture cannot be read: there is no"
            ),
            (
                ["--model", "misfit.json"],
                "misfit.json: dense_1: takes [features], not [12, 12, 1]"
            ),
            (
                ["--model", "flat.json"],
                "flat.json: the input of a model is [height, width, 1 or 3]"
            ),
            (["--output", "tiny.json"], "tiny.json: the folder cannot be made"),
            (["--output", "/proc/valence"], "/proc/valence: the folder cannot be made"),
            (["--output", "taken"], "taken: holds a run already. Go on with it by --resume"),
        ])
    func failures(options: [String], message: String) async throws {
        try await Workplace.use { workplace in
            let folder = workplace.folder
            let picture = try workplace.bytes("pictures/train/dark/1.png")
            try folder.addFile("empty/.hidden", [])
            try folder.addFile("table.csv", Array("a,b\n1,2\n".utf8))
            try folder.addFile("loose/1.png", picture)
            try folder.addFile("single/rose/1.png", picture)
            for name in ["few/a", "few/b", "three/a", "three/b", "three/c"] {
                try folder.addFile("\(name)/1.png", picture)
            }
            for name in ["three/a/2.png", "single/rose/2.png"] {
                try folder.addFile(name, picture)
            }
            for (name, input, layer) in [
                ("wrong", "[12, 12, 1]", "Twist"), ("misfit", "[12, 12, 1]", "Dense"),
                ("flat", "[144]", "Dense"),
            ] {
                let json =
                    #"{"input": \#(input), "layers": [{"layer": "\#(layer)", "units": 2}]}"#
                try folder.addFile("\(name).json", Array(json.utf8))
            }
            try folder.addFile("taken/run.json", [])
            // The last of two equal options counts.
            let line = try await workplace.failure(Workplace.fit + options)
            #expect(line.contains(message), "\(line)")
            #expect(!workplace.exists("Runs"))
        }
    }

    @Test("a damaged picture is named, or counted and left out")
    func damagedPictures() async throws {
        try await Workplace.use { workplace in
            try workplace.damage("pictures/train/light/3.png")
            let line = try await workplace.failure(Workplace.fit)
            #expect(line.contains("pictures/train/light/3.png: "))
            try workplace.folder.addFile("pictures/train/dark/4.png", Array("no picture".utf8))
            let result = try await workplace.succeed(
                Workplace.fit + ["--skip-damaged", "--output", "run"])
            #expect(result.output.contains("36 pictures of 2 classes"))
            #expect(result.errorLines.count == 1)
            #expect(result.errors.hasPrefix("left out 2 damaged or unusable; the first: "))
            #expect(result.errors.contains("pictures/train/dark/4.png"))

            // A resumed run leaves them out without being told again.
            let resumed = try await workplace.succeed(["--resume", "run"])
            #expect(resumed.output.contains("36 pictures of 2 classes"))
            let evaluate = [
                "evaluate", "--weights", "run/last.safetensors", "--data", "pictures", "--split",
                "training",
            ]
            _ = try await workplace.failure(evaluate)
            let evaluation = try await workplace.succeed(evaluate + ["--skip-damaged"])
            #expect(evaluation.errors.hasPrefix("left out 2 damaged"))
            #expect(evaluation.outputLines[0].hasSuffix("36 images"))
        }
    }
}
