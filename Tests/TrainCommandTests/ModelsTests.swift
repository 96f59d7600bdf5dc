import Testing
import _TestSupport

@Suite struct ModelsTests {
    @Test func table() async throws {
        try await Workplace.use { workplace in
            let result = try await workplace.succeed(["models"])
            #expect(result.output.hasPrefix("sequential\n"))
            #expect(result.output.contains("2,345,607"))
            #expect(result.outputLines.contains("vgg"))
            #expect(result.errors == "")
        }
    }

    @Test func objectForPrograms() async throws {
        try await Workplace.use { workplace in
            let object = try jsonObject(try await workplace.succeed(["models", "--json"]).output)
            let models = try #require(object["models"] as? [[String: Any]])
            #expect(models.map { $0["name"] as? String } == ["sequential", "vgg"])
            #expect(models[0]["parameters"] as? Int == 2_345_607)
            for model in models {
                let layers = try #require(model["layers"] as? [[String: Any]])
                let sum = layers.reduce(0) { $0 + ($1["parameters"] as? Int ?? 0) }
                #expect(sum == model["parameters"] as? Int)
                #expect(layers.last?["outputShape"] as? [Int] == [7])
            }
        }
    }
}
