import Foundation
import Tensor
import Testing
import _TestSupport

@Suite struct SoftmaxTests {
    static let cases: [(Shape, Int)] = [
        ([7], 0), ([1], 0), ([4, 7], 1), ([4, 7], -1), ([4, 7], 0), ([2, 3, 5], 1),
        ([2, 3, 5], 0), ([0, 3], 1), ([3, 0], 1),
    ]

    @Test(arguments: cases)
    func matchesTheOracle(shape: Shape, axis: Int) {
        let tensor = Tensor.sample(shape) * 3
        let position = axis < 0 ? axis + shape.rank : axis
        let x = tensor.reference
        let logarithms = ReferenceArray(shape: shape.dimensions) { index in
            let sum = (0..<shape[position]).reduce(0.0) { sum, place in
                var other = index
                other[position] = place
                return sum + exp(x[other])
            }
            return x[index] - log(sum)
        }
        let probabilities = ReferenceArray(shape: shape.dimensions) { exp(logarithms[$0]) }
        #expect(tensor.softmax(axis: axis).isApproximatelyEqual(to: Tensor(probabilities)))
        #expect(
            tensor.logSoftmax(axis: axis).isApproximatelyEqual(
                to: Tensor(logarithms), absoluteTolerance: 1e-5))
    }

    @Test func largeElementsDoNotOverflow() {
        let tensor: Tensor = [[1000, 1000], [-1000, 0], [3e38, -3e38]]
        #expect(tensor.softmax() == [[0.5, 0.5], [0, 1], [1, 0]])
        let logarithms = tensor.logSoftmax()
        #expect(logarithms[0, 0] == -Float(log(2.0)))
        #expect(logarithms[1, 0] == -1000)
        #expect(logarithms[2, 0] == 0)
    }
}
