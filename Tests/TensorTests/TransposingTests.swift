import Tensor
import Testing
import _TestSupport

@Suite struct TransposingTests {
    static let shapes: [Shape] = [
        [], [5], [1, 1], [3, 5], [2, 3, 4], [1, 4, 1], [3, 0, 2], [2, 3, 4, 5], [9, 1, 8, 3],
    ]

    /// Every permutation of up to four axes.
    @Test(arguments: shapes)
    func matchesTheOracle(shape: Shape) {
        let tensor = Tensor.sample(shape)
        for axes in permutations(of: Array(0..<shape.rank)) {
            let expected = ReferenceArray(shape: axes.map { shape[$0] }) { index in
                var source = index
                for (position, axis) in axes.enumerated() { source[axis] = index[position] }
                return tensor.reference[source]
            }
            #expect(transposed(tensor, axes) == Tensor(expected), "\(shape) by \(axes)")
        }
    }

    @Test func reversesAxesByDefault() {
        let tensor = Tensor.sample([2, 3, 4])
        #expect(tensor.transposed() == tensor.transposed(2, 1, 0))
        #expect(tensor.transposed(1, 2, 0).transposed(2, 0, 1) == tensor)
    }

    @Test(
        arguments: [
            ([3], [2, 3]), ([1], [4]), ([], [2, 2]), ([2, 1, 3], [2, 5, 3]), ([1, 1], [0, 3]),
        ] as [(Shape, Shape)])
    func broadcasts(from: Shape, to: Shape) {
        let tensor = Tensor.sample(from)
        let expected = ReferenceArray(shape: to.dimensions) { tensor.reference[$0] }
        #expect(tensor.broadcast(to: to) == Tensor(expected))
    }

    private func transposed(_ tensor: Tensor, _ axes: [Int]) -> Tensor {
        switch axes.count {
        case 1: tensor.transposed(axes[0])
        case 2: tensor.transposed(axes[0], axes[1])
        case 3: tensor.transposed(axes[0], axes[1], axes[2])
        case 4: tensor.transposed(axes[0], axes[1], axes[2], axes[3])
        default: tensor.transposed()
        }
    }

    private func permutations(of items: [Int]) -> [[Int]] {
        if items.isEmpty { return [[]] }
        return items.flatMap { first in
            permutations(of: items.filter { $0 != first }).map { [first] + $0 }
        }
    }
}
