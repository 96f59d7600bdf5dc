import Tensor
import Testing

@testable import Train

struct RandomSourceDrawsTests {
    @Test func numbersStayInRange() {
        var random = RandomSource(seed: 1)
        let values = (0..<5_000).map { _ in random.number(in: -2...6) }
        #expect(values.allSatisfy { (-2...6).contains($0) })
        // Five standard errors about the middle.
        #expect(abs(values.reduce(0, +) / 5_000 - 2) < 0.17)
        #expect(values.max().map { $0 > 5.9 } == true)
    }

    @Test func indicesAreBalanced() {
        var random = RandomSource(seed: 2)
        var counts = [Int](repeating: 0, count: 7)
        for _ in 0..<7_000 { counts[random.index(below: 7)] += 1 }
        #expect(counts.allSatisfy { abs($0 - 1_000) < 150 })
    }

    @Test func everyPermutationComesUp() {
        var random = RandomSource(seed: 3)
        var counts: [[Int]: Int] = [:]
        for _ in 0..<2_400 {
            var elements = [0, 1, 2, 3]
            random.permute(&elements)
            counts[elements, default: 0] += 1
        }
        #expect(counts.count == 24)
        #expect(counts.values.allSatisfy { (50...150).contains($0) })
    }
}
