import Kernels
import Tensor
import Testing
import _TestSupport

struct BatchNormalizationTests {
    @Test(arguments: [1, 3, 8, 21], [1, 2, 9])
    func sweeps(channels: Int, rows: Int) {
        var source = RandomSource(seed: 1)
        let x = source.values(rows * channels)
        let dy = source.values(rows * channels)
        let vectors = (0..<4).map { _ in source.values(channels) }
        let sweeps = BatchNormalization(rows: rows, channels: channels)
        #expect(sweeps.count == x.count)
        func expectSums(_ sums: [Float], _ term: (_ element: Int, _ channel: Int) -> Double) {
            let expected = (0..<channels).map { channel in
                (0..<rows).reduce(0) { $0 + term($1 * channels + channel, channel) }
            }
            #expect(deviation(of: sums, from: expected) <= 1e-6)
        }
        var sums = [Float](repeating: .nan, count: channels)
        sweeps.sum(x, into: &sums)
        expectSums(sums) { element, _ in Double(x[element]) }
        let mean = vectors[0]
        func difference(_ element: Int, _ channel: Int) -> Double {
            Double(x[element]) - Double(mean[channel])
        }
        sweeps.sumOfSquares(x, mean: mean, into: &sums)
        expectSums(sums) { difference($0, $1) * difference($0, $1) }

        var products = [Float](repeating: .nan, count: channels)
        sweeps.gradientSums(x: x, dy: dy, mean: mean, sums: &sums, products: &products)
        expectSums(sums) { element, _ in Double(dy[element]) }
        expectSums(products) { Double(dy[$0]) * difference($0, $1) }

        var y = [Float](repeating: .nan, count: x.count)
        sweeps.affine(x, scale: vectors[1], shift: vectors[2], into: &y)
        #expect(
            deviation(
                of: y,
                from: x.indices.map {
                    Double(x[$0]) * Double(vectors[1][$0 % channels])
                        + Double(vectors[2][$0 % channels])
                }) <= 1e-6)
        sweeps.inputGradient(
            x: x, dy: dy, mean: mean, a: vectors[1], b: vectors[2], c: vectors[3], into: &y)
        #expect(
            deviation(
                of: y,
                from: x.indices.map {
                    Double(dy[$0]) * Double(vectors[1][$0 % channels])
                        + difference($0, $0 % channels) * Double(vectors[2][$0 % channels])
                        + Double(vectors[3][$0 % channels])
                }) <= 1e-6)
    }
}
