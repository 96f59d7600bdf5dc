import Kernels
import Testing
import _TestSupport

struct DropoutTests {
    private func masked(_ count: Int, rate: Float, seed: UInt64) -> [Float] {
        var values = [Float](repeating: 1, count: count)
        values.withUnsafeMutableBufferPointer { values in
            guard let start = values.baseAddress else { return }
            DropoutMask(rate: rate, seed: seed).apply(start, into: start, count: count)
        }
        return values
    }

    @Test(arguments: [0, 0.1, 0.25, 0.5, 0.9] as [Float])
    func theShareOfZerosIsTheRate(rate: Float) {
        let count = 100_003
        for seed in [0, 1, 0xFFFF_FFFF, 0x1234_5678_9ABC_DEF0] as [UInt64] {
            let values = masked(count, rate: rate, seed: seed)
            let zeros = values.count { $0 == 0 }
            let deviation = (Double(count) * Double(rate) * (1 - Double(rate))).squareRoot()
            #expect(abs(Double(zeros) - Double(count) * Double(rate)) <= 5 * deviation)
            #expect(values.allSatisfy { $0 == 0 || $0 == 1 / (1 - rate) })
        }
    }

    @Test func theMaskFollowsFromSeedAndPosition() {
        let values = masked(1000, rate: 0.5, seed: 7)
        #expect(masked(1000, rate: 0.5, seed: 7) == values)
        #expect(masked(1000, rate: 0.5, seed: 8) != values)
        for count in [1, 7, 8, 9, 500] {
            #expect(masked(count, rate: 0.5, seed: 7) == Array(values[..<count]))
        }
    }

    /// Neither neighboring seeds nor neighboring positions tell anything of each other.
    @Test func masksAreNotCorrelated() {
        let count = 1 << 16
        let limit = 5 / Double(count).squareRoot()
        func correlation(_ a: ArraySlice<Float>, _ b: ArraySlice<Float>) -> Double {
            zip(a, b).reduce(0) { $0 + Double(($1.0 - 1) * ($1.1 - 1)) } / Double(a.count)
        }
        let values = masked(count, rate: 0.5, seed: 40)
        for distance in 1...16 {
            let seeds: [UInt64] = [40 + UInt64(distance), 40 ^ (1 << UInt64(3 * distance))]
            for seed in seeds {
                let other = masked(count, rate: 0.5, seed: seed)
                #expect(abs(correlation(values[...], other[...])) < limit, "seed \(seed)")
            }
            let moved = values[distance...]
            #expect(
                abs(correlation(moved, values[..<(count - distance)])) < 1.01 * limit,
                "distance \(distance)")
        }
    }
}
