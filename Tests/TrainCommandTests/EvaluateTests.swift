import Foundation
import Testing
import _TestSupport

@Suite struct EvaluateTests {
    @Test("it finds what the last epoch found")
    func agreesWithTheRun() async throws {
        try await Workplace.use { workplace in
            let fit = try await workplace.succeed(Workplace.fit + ["--output", "run", "--json"])
            let run = try jsonObject(fit.output)
            let result = try await workplace.succeed([
                "evaluate", "--weights", "run/last.safetensors", "--data", "pictures", "--json",
            ])
            let object = try jsonObject(result.output)
            #expect(
                Set(object.keys).isSuperset(of: [
                    "split", "images", "accuracy", "standardError", "macroF1", "labels",
                    "confusion", "perClass",
                ]))
            #expect(object["split"] as? String == "validation")
            #expect(object["images"] as? Int == 12)
            #expect(object["accuracy"] as? Double == run["validationAccuracy"] as? Double)
            #expect(object["standardError"] as? Double == run["standardError"] as? Double)
            let loss = try #require(object["loss"] as? Double)
            let expected = try #require(run["validationLoss"] as? Double)
            #expect(abs(loss - expected) < 1e-5 * expected)

            let calibration = try #require(object["calibration"] as? [String: Any])
            #expect(calibration["fittedOn"] as? String == "validation")
            #expect(calibration["measuredWhereFitted"] as? Bool == true)
            #expect(calibration["temperature"] as? Double ?? 0 > 0)
            #expect(calibration["error"] is Double && calibration["calibratedError"] is Double)

            #expect(object["labels"] as? [String] == ["dark", "light"])
            let confusion = try #require(object["confusion"] as? [[Int]])
            #expect(confusion.map { $0.reduce(0, +) } == [6, 6])
            let accuracy = Double(confusion[0][0] + confusion[1][1]) / 12
            #expect(object["accuracy"] as? Double == accuracy)
            let classes = try #require(object["perClass"] as? [String: [String: Any]])
            #expect(classes.keys.sorted() == ["dark", "light"])
            for (label, name) in ["dark", "light"].enumerated() {
                let recall = Double(confusion[label][label]) / 6
                #expect(classes[name]?["recall"] as? Double == recall)
                #expect(classes[name]?["images"] as? Int == 6)
            }
        }
    }

    @Test("what it learned well, it knows")
    func trainingData() async throws {
        try await Workplace.use { workplace in
            let fit = try await workplace.succeed(
                Workplace.fit + [
                    "--output", "run", "--json", "--epochs", "15", "--learning-rate", "0.01",
                ])
            let evaluation = try await workplace.succeed([
                "evaluate", "--weights", "run/last.safetensors", "--data", "pictures", "--split",
                "training", "--json",
            ])
            let object = try jsonObject(evaluation.output)
            #expect(object["images"] as? Int == 38)
            let known = try #require(object["accuracy"] as? Double)
            let learned = try #require(try jsonObject(fit.output)["accuracy"] as? Double)
            #expect(known >= 0.9)
            // Dropout is off now, and the network has seen the whole epoch.
            #expect(known >= learned - 0.05)
        }
    }

    @Test func textForPeople() async throws {
        try await Workplace.use { workplace in
            try await workplace.succeed(Workplace.fit + ["--output", "run"])
            let weights = ["evaluate", "--weights", "run/best.safetensors", "--data", "pictures"]
            let plain = try await workplace.succeed(weights)
            #expect(plain.outputLines[0].hasPrefix("validation  loss "))
            #expect(plain.outputLines[0].hasSuffix("  12 images"))
            #expect(plain.output.contains("class  precision  recall     F1  images\n"))
            #expect(plain.output.contains("truth \\ predicted  dark  light\n"))
            #expect(!plain.hasControlCharacters)
            #expect(plain.errors == "")
            for views in ["flip", "ten-crop"] {
                let several = try await workplace.succeed(weights + ["--tta", views])
                #expect(several.outputLines[0] != plain.outputLines[0])
            }
        }
    }

    @Test("several networks vote")
    func vote() async throws {
        try await Workplace.use { workplace in
            for seed in ["1", "2"] {
                try await workplace.succeed(
                    Workplace.fit + ["--output", "run\(seed)", "--seed", seed])
            }
            func evaluate(_ weights: String...) async throws -> [String: Any] {
                let result = try await workplace.succeed(
                    ["evaluate", "--data", "pictures", "--json", "--weights"] + weights)
                return try jsonObject(result.output)
            }
            let one = try await evaluate("run1/last.safetensors")
            let twice = try await evaluate("run1/last.safetensors", "run1/last.safetensors")
            let both = try await evaluate("run1/last.safetensors", "run2/last.safetensors")
            let losses = try [one, twice, both].map { try #require($0["loss"] as? Double) }
            #expect(abs(losses[0] - losses[1]) < 1e-5)
            #expect(abs(losses[0] - losses[2]) > 1e-4)
            let calibration = try #require(both["calibration"] as? [String: Any])
            #expect(calibration["temperature"] is NSNull)
        }
    }

    @Test("corruptions, pictures that were learned from, and drawings")
    func corruptionsAndFigures() async throws {
        try await Workplace.use { workplace in
            try await workplace.succeed(Workplace.fit + ["--output", "run"])
            let base = ["evaluate", "--weights", "run/last.safetensors", "--data", "pictures"]
            let before = try jsonObject(try await workplace.succeed(base + ["--json"]).output)
            let none = try #require(before["duplicates"] as? [String: Any])
            #expect(none["images"] as? Int == 0 && none["accuracyWithout"] is NSNull)

            let picture = try workplace.bytes("pictures/train/dark/3.png")
            try workplace.folder.addFile("pictures/validation/dark/copy.png", picture)
            let evaluate = base + ["--corruptions", "--figures", "drawn"]
            let result = try await workplace.succeed(evaluate + ["--json"])
            let object = try jsonObject(result.output)
            #expect(object["images"] as? Int == 13)
            let duplicates = try #require(object["duplicates"] as? [String: Any])
            #expect(duplicates["images"] as? Int == 1)
            // The others are those that were there before.
            #expect(duplicates["accuracyWithout"] as? Double == before["accuracy"] as? Double)
            let corruptions = try #require(object["corruptions"] as? [String: [Double]])
            #expect(corruptions.count == 7)
            #expect(corruptions.values.allSatisfy { $0.count == 3 })
            for name in ["confusion.png", "confusion.svg", "reliability.png", "reliability.svg"] {
                #expect(try workplace.bytes("drawn/\(name)").count > 1000)
            }
            let text = try await workplace.succeed(evaluate).output
            #expect(text.contains("\n1 of them is among the training pictures"))
            #expect(text.contains("\nshift"))
        }
    }

    @Test("without weights, the network that Valence ships is evaluated")
    func shippedNetwork() async throws {
        try await Workplace.use { workplace in
            try workplace.addFaces("fer2013.csv", splits: ["PublicTest": 14])
            let result = try await workplace.succeed([
                "evaluate", "--data", "fer2013.csv", "--json",
            ])
            let object = try jsonObject(result.output)
            #expect(object["images"] as? Int == 14)
            #expect(object["duplicates"] is NSNull && object["corruptions"] is NSNull)
        }
    }

    @Test func partsOfFER2013() async throws {
        try await Workplace.use { workplace in
            try workplace.addModel("faces", side: 48, classes: 7)
            try workplace.addFaces(
                "fer2013.csv", splits: ["Training": 21, "PublicTest": 14, "PrivateTest": 7])
            try await workplace.succeed([
                "--data", "fer2013.csv", "--model", "faces.json", "--epochs", "1", "--output",
                "run",
            ])
            let evaluate = [
                "evaluate", "--weights", "run/last.safetensors", "--data", "fer2013.csv", "--json",
            ]
            for (split, count) in [
                (nil, 14), ("public", 14), ("private", 7), ("test", 21), ("training", 21),
            ] {
                let result = try await workplace.succeed(
                    evaluate + (split.map { ["--split", $0] } ?? []))
                let object = try jsonObject(result.output)
                #expect(object["images"] as? Int == count)
                #expect(object["split"] as? String == split ?? "public")
                #expect((object["labels"] as? [String])?.count == 7)
                let confusion = try #require(object["confusion"] as? [[Int]])
                #expect(confusion.map(\.count) == Array(repeating: 7, count: 7))
                #expect(confusion.joined().reduce(0, +) == count)
            }
            let line = try await workplace.failure(evaluate + ["--split", "validation"])
            #expect(line.hasSuffix("no split validation, only: public, private, test, training\n"))
        }
    }

    @Test func weightsThatDoNotFit() async throws {
        try await Workplace.use { workplace in
            try await workplace.succeed(Workplace.fit + ["--output", "run"])
            try workplace.addPictures("flowers", side: 12, classes: ["rose", "tulip"])
            try workplace.addFaces("fer2013.csv", splits: ["PublicTest": 7])
            let evaluate = ["evaluate", "--weights", "run/last.safetensors", "--data"]
            let flowers = try await workplace.failure(evaluate + ["flowers"])
            #expect(flowers.contains("the class rose is none of dark, light."))
            let faces = try await workplace.failure(evaluate + ["fer2013.csv"])
            #expect(faces.contains("takes pictures of [12, 12, 1], not [48, 48, 1]"))

            try workplace.addModel("faces", side: 48, classes: 2)
            try await workplace.succeed([
                "--data", "pictures", "--model", "faces.json", "--epochs", "1", "--output", "large",
            ])
            let classes = try await workplace.failure([
                "evaluate", "--weights", "large/last.safetensors", "--data", "fer2013.csv",
            ])
            #expect(classes.contains("tells dark, light apart, the pictures are of angry, "))
        }
    }

    @Test func damagedWeights() async throws {
        try await Workplace.use { workplace in
            try await workplace.succeed(Workplace.fit + ["--output", "run"])
            func evaluate(_ file: String) async throws -> String {
                try await workplace.failure([
                    "evaluate", "--weights", file, "--data", "pictures",
                ])
            }
            let whole = try workplace.bytes("run/last.safetensors")
            for length in [0, 7, 100, whole.count - 1] {
                try workplace.folder.addFile("cut.safetensors", whole.prefix(length))
                let line = try await evaluate("cut.safetensors")
                #expect(line.contains("cut.safetensors"))
            }
            #expect(try await evaluate("tiny.json").contains("tiny.json"))
            #expect(
                try await evaluate("nothing.safetensors").contains("no such file or directory"))
        }
    }
}
