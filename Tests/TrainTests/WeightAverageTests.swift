import Testing

@testable import Train

@Suite("Weight average")
struct WeightAverageTests {
    @Test("it follows the formula", arguments: [1, 7, 8, 19], [false, true])
    func formula(count: Int, warmsUp: Bool) {
        let description = WeightAverage(decay: 0.9, warmsUp: warmsUp)
        var average = samples(count, seed: 21)
        var oracle = average.map(Double.init)
        for step in 1...5 {
            let weights = samples(count, seed: UInt64(21 + step))
            average.withUnsafeMutableBufferPointer { average in
                weights.withUnsafeBufferPointer { weights in
                    description.update(average, towards: weights, step: step)
                }
            }
            let kept = warmsUp ? min(0.9, (1 + Double(step)) / (10 + Double(step))) : 0.9
            for index in oracle.indices {
                oracle[index] = kept * oracle[index] + (1 - kept) * Double(weights[index])
            }
        }
        for (value, precise) in zip(average, oracle) {
            #expect(abs(Double(value) - precise) < 1e-6)
        }
    }

    @Test("the warm-up ends at the decay")
    func warmup() {
        let average = WeightAverage(decay: 0.999)
        #expect(average.decay(step: 1) == 2.0 / 11)
        #expect(average.decay(step: 1000) < 0.999)
        #expect(average.decay(step: 100_000) == 0.999)
        #expect(WeightAverage(decay: 0.5, warmsUp: false).decay(step: 1) == 0.5)
    }
}
