import Testing
import _TestSupport

@Suite struct ProfileTests {
    /// A profile that takes a moment.
    private static let profile = [
        "profile", "--model", "tiny.json", "--batch-size", "6", "--threads", "2",
    ]
    private static let fused = [
        "conv2d_1 + relu_1 + maxpool_1 + dropout_1", "flatten_1", "dense_1",
    ]
    private static let single = [
        "conv2d_1", "relu_1", "maxpool_1", "dropout_1", "flatten_1", "dense_1",
    ]

    @Test func table() async throws {
        try await Workplace.use { workplace in
            let result = try await workplace.succeed(Self.profile)
            let lines = result.outputLines
            #expect(lines.first == "tiny")
            for (name, algorithm) in zip(Self.fused, ["fewChannels", "", ""]) {
                let line = try #require(lines.first { $0.hasPrefix(name + " ") })
                #expect(line.contains(algorithm))
                #expect(line.matches(of: /\s\d+\.\d\d\b/).count == 4, "\(line)")
            }
            for name in ["loss", "optimizer", "waiting", "step"] {
                #expect(lines.contains { $0.hasPrefix(name + " ") }, "\(name)")
            }
            let last = try #require(lines.last)
            #expect(last.contains("images/s in batches of 6 on 2 threads"), "\(last)")
            #expect(result.errors == "")
            #expect(!result.hasControlCharacters)
        }
    }

    @Test(arguments: [false, true])
    func objectForPrograms(fuses: Bool) async throws {
        try await Workplace.use { workplace in
            let options = ["--optimizer", "sgd", "--json"] + (fuses ? [] : ["--no-fusion"])
            let object = try jsonObject(try await workplace.succeed(Self.profile + options).output)
            #expect(object["model"] as? String == "tiny.json")
            #expect(object["batchSize"] as? Int == 6)
            #expect(object["threads"] as? Int == 2)
            #expect(object["optimizer"] as? String == "sgd")
            #expect(object["fusion"] as? Bool == fuses)
            let layers = try #require(object["layers"] as? [[String: Any]])
            #expect(layers.map { $0["name"] as? String } == (fuses ? Self.fused : Self.single))
            #expect(layers.map { $0["algorithm"] as? String }.compactMap(\.self) == ["fewChannels"])
            // 5 x 5 positions of 3 x 3 filters: the input has no gradient, that of `dense_1` has.
            let products = layers.map { $0["multiplyAdds"] as? Int ?? -1 }
            let (convolution, dense) = (5 * 5 * 9 * 4, 2 * 2 * 4 * 2)
            #expect(products.first == 6 * 2 * convolution)
            #expect(products.last == 6 * 3 * dense)
            #expect(products.reduce(0, +) == object["multiplyAdds"] as? Int)
            for layer in layers {
                let times = try #require(layer["milliseconds"] as? [String: Double])
                let passes = ["prepare", "forward", "backward"].compactMap { times[$0] }
                #expect(passes.count == 3 && passes.allSatisfy { $0 >= 0 })
                let total = try #require(times["total"])
                #expect(abs(passes.reduce(0, +) - total) < 1e-9)
                let share = try #require(layer["floorShare"] as? Double)
                #expect(share >= 0)
            }
            let times = try #require(object["milliseconds"] as? [String: Double])
            #expect(times.keys.sorted() == ["loss", "optimizer", "step", "waiting"])
            let step = try #require(times["step"])
            let rate = try #require(object["imagesPerSecond"] as? Double)
            #expect(step > 0 && abs(rate * step - 6000) < 1e-6)
            for key in ["gigaflops", "floorShare"] {
                let value = try #require(object[key] as? Double)
                #expect(value > 0, "\(key)")
            }
        }
    }

    @Test("built-in models take pictures and classes of any number")
    func builtInModel() async throws {
        try await Workplace.use { workplace in
            let result = try await workplace.succeed([
                "profile", "--input", "24x30x3", "--classes", "5", "--batch-size", "2", "--json",
            ])
            let layers = try #require(try jsonObject(result.output)["layers"] as? [[String: Any]])
            let algorithms = layers.map { $0["algorithm"] as? String }
            #expect(algorithms.prefix(2) == ["fewChannels", "winograd4x4"])
            let (convolution, dense) = (22 * 28 * 27 * 32, 1024 * 5)
            #expect(layers.first?["multiplyAdds"] as? Int == 2 * 2 * convolution)
            #expect(layers.last?["multiplyAdds"] as? Int == 2 * 3 * dense)
        }
    }

    @Test(
        "what cannot be measured is said in one line",
        arguments: [
            (
                ["--model", "resnet"],
                "there is no model resnet, only: expression, sequential, vgg; or name"
            ),
            (["--model", "tiny.json", "--input", "14x14x1"], "--input and --classes are for"),
            (["--model", "tiny.json", "--classes", "3"], "a network from [12, 12, 1] to [2]"),
            (["--model", "map.json"], "map.json: a classifier ends in [classes], not in [10, 10"),
            (["--input", "8x8x1"], "conv2d_3: a window of 3 x 3 does not fit into [2, 2, 64]"),
        ])
    func failures(options: [String], message: String) async throws {
        try await Workplace.use { workplace in
            let map = """
                {"input": [12, 12, 1], "layers": [
                  {"layer": "Conv2D", "filters": 4, "kernel": 3}]}
                """
            try workplace.folder.addFile("map.json", Array(map.utf8))
            let line = try await workplace.failure(["profile"] + options)
            #expect(line.contains(message), "\(line)")
        }
    }

    @Test("what a file says may be said again")
    func repeatedSizes() async throws {
        try await Workplace.use { workplace in
            try await workplace.succeed(
                Self.profile + ["--input", "12x12x1", "--classes", "2", "--json"])
        }
    }
}
