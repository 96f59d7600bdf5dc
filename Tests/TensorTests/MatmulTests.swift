import Tensor
import Testing
import _TestSupport

@Suite struct MatmulTests {
    static let cases: [(Shape, Shape)] = [
        ([1, 1], [1, 1]), ([2, 3], [3, 4]), ([1, 7], [7, 1]), ([17, 5], [5, 33]),
        ([64, 100], [100, 3]), ([4, 2, 3], [4, 3, 5]), ([4, 2, 3], [3, 5]), ([2, 3], [4, 3, 5]),
        ([2, 1, 2, 3], [5, 3, 4]), ([2, 3, 1, 4], [3, 4, 2]), ([1, 2, 3], [6, 3, 2]),
        ([2, 0], [0, 3]), ([0, 2], [2, 3]), ([2, 3], [3, 0]), ([0, 2, 3], [3, 2]),
    ]

    @Test(arguments: cases)
    func matchesTheOracle(shapeA: Shape, shapeB: Shape) throws {
        let (a, b) = (Tensor.sample(shapeA), Tensor.sample(shapeB, seed: 2))
        let front = try #require(
            Shape(Array(shapeA.dropLast(2))).broadcast(with: Shape(Array(shapeB.dropLast(2)))))
        let (rows, depth) = (shapeA[shapeA.rank - 2], shapeA[shapeA.rank - 1])
        let columns = shapeB[shapeB.rank - 1]
        let (x, y) = (a.reference, b.reference)
        let expected = ReferenceArray(shape: front.dimensions + [rows, columns]) { index in
            let batch = Array(index.dropLast(2))
            let (row, column) = (index[index.count - 2], index[index.count - 1])
            return (0..<depth).reduce(0.0) { sum, k in
                sum + x[batch + [row, k]] * y[batch + [k, column]]
            }
        }
        let product = matmul(a, b)
        #expect(product.shape.dimensions == expected.shape)
        #expect(
            product.isApproximatelyEqual(
                to: Tensor(expected), relativeTolerance: 1e-5, absoluteTolerance: 1e-4),
            "\(shapeA) by \(shapeB)")
    }

    @Test func multipliesByHand() {
        let a: Tensor = [[1, 2], [3, 4]]
        #expect(matmul(a, [[0, 1], [1, 0]]) == [[2, 1], [4, 3]])
    }
}
