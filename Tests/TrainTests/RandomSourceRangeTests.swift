import Tensor
import Testing

@testable import Train

struct RandomSourceRangeTests {
    @Test func numbersFillTheirRange() throws {
        var random = RandomSource(seed: 1)
        let values = (0..<5_000).map { _ in random.number(in: -2...6) }
        #expect(values.allSatisfy { (-2...6).contains($0) })
        // Five standard errors about the middle.
        #expect(abs(values.reduce(0, +) / 5_000 - 2) < 0.17)
        #expect(try #require(values.max()) > 5.9)
        #expect(try #require(values.min()) < -1.9)
    }

    @Test(arguments: [Float(0), 0.25, 1])
    func thingsHappenAsOftenAsTheyShould(probability: Float) {
        var random = RandomSource(seed: 2)
        let count = (0..<4_000).reduce(0) { sum, _ in
            sum + (random.happens(probability) ? 1 : 0)
        }
        // Five standard errors, none where the outcome is certain.
        let deviation = (4_000 * probability * (1 - probability)).squareRoot()
        #expect(abs(Float(count) - 4_000 * probability) <= 5 * deviation)
    }
}
