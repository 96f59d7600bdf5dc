import CNN
import Tensor
import Testing
import _TestSupport

struct LossTests {
    @Test func valueAndGradient() throws {
        forEvery("batch", [1, 3]) { batch in
            forEvery("classes", [1, 2, 7, 9]) { classes in
                forEvery("smoothing", [0, 0.1]) { (smoothing: Double) in
                    forEvery("weighted", [false, true]) { weighted in
                        forEvery("one-hot", [false, true]) { oneHot in
                            check(
                                batch, classes, smoothing: smoothing, weighted: weighted,
                                oneHot: oneHot)
                        }
                    }
                }
            }
        }
    }

    private func check(
        _ batch: Int, _ classes: Int, smoothing: Double, weighted: Bool, oneHot: Bool
    ) {
        var source = RandomSource(seed: 3, UInt64(batch), UInt64(classes))
        let logits = source.values(batch * classes).map { 3 * $0 }
        var targets = [Float](repeating: 0, count: batch * classes)
        for sample in 0..<batch {
            let label = Int.random(in: 0..<classes, using: &source)
            targets[sample * classes + label] += oneHot ? 1 : 0.75
            if !oneHot { targets[sample * classes] += 0.25 }
        }
        let weights = weighted ? source.values(classes).map { 1.5 + $0 } : nil
        let shape = [batch, classes]
        func oracle(_ logits: [Double]) -> Double {
            Oracle.crossEntropy(
                logits: ReferenceArray(logits, shape: shape),
                targets: ReferenceArray(targets, shape: shape), smoothing: smoothing,
                classWeights: weights?.map(Double.init))
        }

        let loss = SoftmaxCrossEntropy(labelSmoothing: Float(smoothing), classWeights: weights)
        let (result, gradient) = loss(
            logits: Tensor(logits, shape: Shape(shape)),
            targets: Tensor(targets, shape: Shape(shape)))
        let point = logits.map(Double.init)
        #expect(abs(result.meanLoss - oracle(point)) <= 1e-5, "\(SweepTrace.description)")
        #expect(result.count == batch)
        let expected = centralDifference(at: point, of: oracle)
        #expect(
            deviation(of: gradient.elements, from: expected) <= 1e-5, "\(SweepTrace.description)")
    }

    @Test func countsWhatIsCorrect() {
        let logits = Tensor([1, 3, 2, 9, 0, 1, 0, 0, 5], shape: [3, 3])
        let targets = Tensor([0, 1, 0, 0, 0, 1, 0.25, 0.25, 0.5], shape: [3, 3])
        var total = SoftmaxCrossEntropy()(logits: logits, targets: targets).result
        #expect(total.correct == 2)
        #expect(total.accuracy == 2.0 / 3)
        total += total
        #expect(total.correct == 4 && total.count == 6)
    }

    @Test func staysFiniteOnLargeLogits() {
        let logits = Tensor([1000, -1000], shape: [1, 2])
        let wrong = SoftmaxCrossEntropy()(logits: logits, targets: Tensor([0, 1], shape: [1, 2]))
        #expect(wrong.result.meanLoss == 2000)
        #expect(wrong.gradient.elements == [1, -1])
    }
}
