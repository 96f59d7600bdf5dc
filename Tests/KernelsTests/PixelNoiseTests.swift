import Kernels
import Testing

struct PixelNoiseTests {
    @Test func normalHasMeanZeroAndVarianceOne() {
        let noise = PixelNoise(seed: 7)
        let values = (0..<40_000).map { Double(noise.normal(at: $0)) }
        let mean = values.reduce(0, +) / 40_000
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 40_000
        // Five standard errors.
        #expect(abs(mean) < 0.025)
        #expect(abs(variance - 1) < 0.035)
    }

    @Test func samplesFillTheirRange() {
        let noise = PixelNoise(seed: 7)
        let values = (0..<10_000).map { noise.sample(at: $0) }
        #expect(Set(values).count == 256)
        #expect(values.min() == 0)
        #expect(values.max() == 255)
    }

    @Test func seedsDiffer() {
        let first = PixelNoise(seed: 1)
        let second = PixelNoise(seed: 2)
        #expect((0..<100).allSatisfy { first.bits(at: $0) != second.bits(at: $0) })
        #expect(first.bits(at: 5) == PixelNoise(seed: 1).bits(at: 5))
    }
}
