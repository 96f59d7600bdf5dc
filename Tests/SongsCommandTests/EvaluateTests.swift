import Foundation
import Testing
import _TestSupport

@Suite struct EvaluateTests {
    @Test func ownListsAreNearerThanThoseByChance() async throws {
        try await Workplace.use { workplace in
            let result = try await workplace.succeed(["evaluate", "--json", "--count", "5"])
            let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
            let report = try #require(object as? [String: Any])
            let methods = try #require(report["methods"] as? [String: [String: Double]])
            #expect(Set(methods.keys) == ["match", "lift", "nearest", "labels", "random"])
            let distance = methods.mapValues { $0["distance"] ?? .nan }
            let (match, random) = (distance["match"] ?? .nan, distance["random"] ?? .nan)
            #expect(match < 0.15 && random > 0.35)
            let rising = try #require(methods["lift"]?["rising"])
            #expect(rising > 0.8)
            #expect(methods["match"]?["artistRepeats"] == 0)
            let neighbors = try #require(report["neighbors"] as? [String: [String: Double]])
            #expect(
                neighbors["balanced"]?["sameArtist"] ?? 0 > neighbors["balanced"]?["chance"] ?? 1)
            let text = try await workplace.succeed(["evaluate", "--count", "5"])
            #expect(text.output.contains("28 moods"))
            #expect(text.outputLines.contains { $0.hasPrefix("match ") })
        }
    }
}
