import Kernels
import Testing

struct PictureNoiseTests {
    private let scaling = SampleScaling(mean: 0.4, spread: 0.3)

    private func noisy(gray: Float, deviation: Float, seed: UInt64 = 5) throws -> [Float] {
        var inputs = [Float](repeating: scaling(gray), count: 10_000)
        try inputs.withUnsafeMutableBufferPointer {
            PictureNoise(deviation: deviation, seed: seed).apply(
                to: try #require($0.baseAddress), count: $0.count, scaling: scaling)
        }
        return inputs
    }

    @Test func hasTheDeviationThatWasAsked() throws {
        let samples = try noisy(gray: 128, deviation: 20).map { ($0 * 0.3 + 0.4) * 255 }
        let mean = samples.reduce(0, +) / 10_000
        let variance = samples.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 10_000
        // Five standard errors of each.
        #expect(abs(mean - 128) < 1)
        #expect(abs(variance.squareRoot() - 20) < 0.7)
    }

    @Test func staysWithinWhatASampleCanBe() throws {
        let range = scaling(0)...scaling(255)
        for gray in [Float(0), 255] {
            let inputs = try noisy(gray: gray, deviation: 40)
            #expect(inputs.allSatisfy(range.contains))
            #expect(Set(inputs).count > 1000)
        }
    }

    @Test func followsFromItsSeed() throws {
        let one = try noisy(gray: 100, deviation: 9)
        #expect(try noisy(gray: 100, deviation: 9) == one)
        #expect(try noisy(gray: 100, deviation: 9, seed: 6) != one)
    }
}
