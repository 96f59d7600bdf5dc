import Foundation
import Tensor
import Testing

@Suite struct RandomTests {
    @Test func sameSeedGivesTheSameNumbers() {
        func draw(_ source: RandomSource) -> [Tensor] {
            var source = source
            return [
                Tensor(uniform: -1..<1, shape: [9], using: &source),
                Tensor(normalWithMean: 0, standardDeviation: 1, shape: [9], using: &source),
                Tensor(source.permutation(of: 9).map(Float.init)),
            ]
        }
        #expect(draw(RandomSource(seed: 5)) == draw(RandomSource(seed: 5)))
        #expect(draw(RandomSource(seed: 5)) != draw(RandomSource(seed: 6)))
        #expect(draw(RandomSource(seed: 5, 1)) != draw(RandomSource(seed: 5)))
    }

    /// Numbers that must never change, or old seeds would mean something else.
    @Test func sequenceStaysTheSame() {
        var source = RandomSource(seed: 42)
        #expect(source.permutation(of: 8) == [2, 1, 4, 5, 6, 0, 3, 7])
        #expect((0..<4).map { _ in source.integer(below: 1000) } == [111, 717, 641, 175])
        #expect((0..<2).map { _ in source.uniform() } == [0.22745007, 0.26360017])
    }

    @Test func uniformNumbersFillTheRange() {
        var source = RandomSource(seed: 1)
        let tensor = Tensor(uniform: -2..<6, shape: [100, 1000], using: &source)
        #expect(tensor.min() >= -2 && tensor.min() < -1.999)
        #expect(tensor.max() < 6 && tensor.max() > 5.999)
        // Mean 2 and variance 64 / 12, within five standard errors.
        #expect((tensor.mean() - 2).magnitude < 0.037)
        #expect((tensor.variance() - 64 / 12).magnitude < 0.08)
        let narrow = Tensor(uniform: 1..<Float(1).nextUp, shape: [100], using: &source)
        #expect(narrow.elements.allSatisfy { $0 == 1 })
    }

    @Test func normalNumbersHaveTheirMoments() {
        var source = RandomSource(seed: 2)
        let count = 200_001
        let tensor = Tensor(
            normalWithMean: 3, standardDeviation: 2, shape: [count], using: &source)
        let z = (tensor - 3) / 2
        #expect(z.mean().magnitude < 5 / Float(count).squareRoot())
        #expect((z.variance() - 1).magnitude < 5 * (2 / Float(count)).squareRoot())
        #expect(z.power(3).mean().magnitude < 5 * (15 / Float(count)).squareRoot())
        #expect((z.power(4).mean() - 3).magnitude < 5 * (96 / Float(count)).squareRoot())
        #expect(((z .< 0).mean() - 0.5).magnitude < 0.006)
        #expect(((z.abs() .< 1.96).mean() - 0.95).magnitude < 0.003)
        let single = (0..<1000).map { _ in source.normal() }
        #expect(Tensor(single).mean().magnitude < 0.16)
    }

    @Test func integersAreEquallyLikely() {
        var source = RandomSource(seed: 3)
        var counts = [Int](repeating: 0, count: 7)
        for _ in 0..<70_000 { counts[source.integer(below: 7)] += 1 }
        let chiSquared = counts.reduce(0.0) { $0 + pow(Double($1) - 10_000, 2) / 10_000 }
        // 6 degrees of freedom: 22.5 is exceeded once in a thousand seeds.
        #expect(chiSquared < 22.5)
        #expect(source.integer(below: 1) == 0)
        #expect((0..<100).allSatisfy { _ in source.integer(below: .max) >= 0 })
    }

    @Test func permutationsAreEquallyLikely() {
        var source = RandomSource(seed: 4)
        var counts: [[Int]: Int] = [:]
        for _ in 0..<24_000 { counts[source.permutation(of: 4), default: 0] += 1 }
        #expect(counts.count == 24)
        let chiSquared = counts.values.reduce(0.0) { $0 + pow(Double($1) - 1000, 2) / 1000 }
        // 23 degrees of freedom: 49.7 is exceeded once in a thousand seeds.
        #expect(chiSquared < 49.7)
        #expect(source.permutation(of: 0).isEmpty)
        #expect(source.permutation(of: 1000).sorted() == Array(0..<1000))
    }
}
