import Tensor
import Testing
import _TestSupport

@testable import Kernels

struct DenseProductTests {
    /// Sizes around those of the panels, and batches that fill them and do not.
    @Test(arguments: [1, 15, 16, 64, 70])
    func passes(batch: Int) {
        forEvery("inputs", [1, 63, 64, 130]) { inputs in
            forEvery("outputs", [1, 17, 128, 200]) { outputs in
                forEvery("threads", [1, 3]) { threads in
                    compare(batch: batch, inputs: inputs, outputs: outputs, threads: threads)
                }
            }
        }
    }

    private func compare(batch: Int, inputs: Int, outputs: Int, threads: Int) {
        var random = RandomSource(seed: UInt64(inputs * 1000 + outputs))
        let x = random.values(batch * inputs)
        let weights = random.values(inputs * outputs)
        let bias = random.values(outputs)
        let dy = random.values(batch * outputs)
        let product = DenseProduct(inputs: inputs, outputs: outputs)
        let pool = ThreadPool(threadCount: threads)
        let scratchStride = product.scratchCount + 3
        let scratch = GuardedFloats(threads * scratchStride)
        let y = GuardedFloats(batch * outputs)
        let (dx, dw) = (GuardedFloats(batch * inputs), GuardedFloats(inputs * outputs))
        let db = GuardedFloats(outputs)
        product.forward(x: x, weights: weights, bias: bias, y: y.start, batch: batch, pool: pool)
        product.backward(
            x: x, weights: weights, dy: dy, weightGradient: dw.start, biasGradient: db.start,
            dx: dx.start, batch: batch, scratch: scratch.start, scratchStride: scratchStride,
            pool: pool)

        let reference = (
            x: ReferenceArray(x, shape: [batch, inputs]),
            weights: ReferenceArray(weights, shape: [inputs, outputs]),
            dy: ReferenceArray(dy, shape: [batch, outputs])
        )
        func expect(_ name: String, _ values: GuardedFloats, _ expected: [Double]) {
            #expect(
                deviation(of: values.elements, from: expected) <= 1e-5,
                "\(name), \(SweepTrace.description)")
            #expect(values.isIntact, "\(name), \(SweepTrace.description)")
        }
        let output = Oracle.dense(
            reference.x, weights: reference.weights, bias: bias.map(Double.init))
        expect("y", y, output.values)
        expect(
            "dw", dw, Oracle.product(Oracle.transposed(reference.x), reference.dy).values)
        expect(
            "dx", dx, Oracle.product(reference.dy, Oracle.transposed(reference.weights)).values)
        expect(
            "db", db,
            (0..<outputs).map { column in
                (0..<batch).reduce(0) { $0 + reference.dy[$1, column] }
            })
        #expect(scratch.isIntact)
    }
}
