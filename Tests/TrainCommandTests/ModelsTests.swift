import Testing
import _TestSupport

@Suite struct ModelsTests {
    @Test func table() async throws {
        try await Workplace.use { workplace in
            let result = try await workplace.succeed(["models"])
            #expect(result.output.hasPrefix("expression\n"))
            #expect(result.output.contains("2,345,607"))
            #expect(result.outputLines.contains("vgg"))
            #expect(result.errors == "")
        }
    }

    @Test func objectForPrograms() async throws {
        try await Workplace.use { workplace in
            let object = try jsonObject(try await workplace.succeed(["models", "--json"]).output)
            let models = try #require(object["models"] as? [[String: Any]])
            #expect(models.map { $0["name"] as? String } == ["expression", "sequential", "vgg"])
            #expect(models[0]["parameters"] as? Int == 1_866_375)
            #expect(models[1]["parameters"] as? Int == 2_345_607)
            for model in models {
                let layers = try #require(model["layers"] as? [[String: Any]])
                let sum = layers.reduce(0) { $0 + ($1["parameters"] as? Int ?? 0) }
                #expect(sum == model["parameters"] as? Int)
                #expect(layers.last?["outputShape"] as? [Int] == [7])
            }
        }
    }

    @Test("what ships is listed with accuracy, size and speed")
    func shippedNetworks() async throws {
        try await Workplace.use { workplace in
            let object = try jsonObject(try await workplace.succeed(["models", "--json"]).output)
            let shipped = try #require(object["shipped"] as? [[String: Any]])
            try #require(!shipped.isEmpty)
            for network in shipped {
                let file = try #require(network["file"] as? String)
                #expect(try #require(network["bytes"] as? Int) <= 4_800_000)
                #expect(try #require(network["millisecondsPerFace"] as? Double) > 0)
                #expect(network["measuredOn"] as? String == "PublicTest")
                let accuracy = try #require(network["accuracy"] as? Double)
                #expect((0.5...0.9).contains(accuracy))
                let text = try await workplace.succeed(["models"]).output
                #expect(text.contains("\n\(file)  accuracy "))
            }
        }
    }
}
