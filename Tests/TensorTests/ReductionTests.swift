import Tensor
import Testing
import _TestSupport

@Suite struct ReductionTests {
    /// Shapes with every set of axes: rows, columns, both ends, lengths around the vector length.
    static let cases: [(Shape, [Int])] = [
        ([], []), ([1], [0]), ([7], [0]), ([8], [0]), ([9], [0]), ([1000], [0]), ([5], []),
        ([3, 5], [0]), ([3, 5], [1]), ([3, 5], [-1]), ([3, 5], [0, 1]), ([3, 5], [1, 0]),
        ([4, 8], [0]), ([4, 19], [0]), ([19, 4], [0]), ([2, 3, 4], [0]), ([2, 3, 4], [1]),
        ([2, 3, 4], [2]), ([2, 3, 4], [0, 1]), ([2, 3, 4], [1, 2]), ([2, 3, 4], [0, 2]),
        ([2, 5, 6, 9], [0, 1, 2]), ([2, 5, 6, 9], [1, 2]), ([2, 5, 6, 9], [0, 3]),
        ([2, 5, 6, 9], [3, 1]), ([1, 5, 1, 9], [0, 2]), ([0, 3], [1]), ([3, 1, 16], [1]),
    ]

    private struct Reduction {
        var name: String
        var tensor: (Tensor, [Int], Bool) -> Tensor
        var oracle: ([Double]) -> Double
    }

    private let reductions: [Reduction] = [
        Reduction(
            name: "sum", tensor: { $0.sum(axes: $1, keepingAxes: $2) },
            oracle: { $0.reduce(0, +) }),
        Reduction(
            name: "mean", tensor: { $0.mean(axes: $1, keepingAxes: $2) },
            oracle: { $0.reduce(0, +) / Double($0.count) }),
        Reduction(
            name: "variance", tensor: { $0.variance(axes: $1, keepingAxes: $2) },
            oracle: { variance(of: $0, correction: 0) }),
        Reduction(
            name: "min", tensor: { $0.min(axes: $1, keepingAxes: $2) },
            oracle: { $0.min() ?? .nan }),
        Reduction(
            name: "max", tensor: { $0.max(axes: $1, keepingAxes: $2) },
            oracle: { $0.max() ?? .nan }),
    ]

    private static func variance(of values: [Double], correction: Int) -> Double {
        let mean = values.reduce(0, +) / Double(values.count)
        return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            / Double(values.count - correction)
    }

    @Test(arguments: cases)
    func matchesTheOracle(shape: Shape, axes: [Int]) {
        let tensor = Tensor.sample(shape)
        let positions = axes.map { $0 < 0 ? $0 + shape.rank : $0 }
        var kept = shape.dimensions
        for axis in positions { kept[axis] = 1 }
        let removed = shape.indices.filter { !positions.contains($0) }.map { shape[$0] }
        let groups = Dictionary(grouping: ReferenceArray.indices(of: shape.dimensions)) { index in
            index.enumerated().map { positions.contains($0.offset) ? 0 : $0.element }
        }
        for reduction in reductions {
            let expected = ReferenceArray(shape: kept) { index in
                reduction.oracle((groups[index] ?? []).map { tensor.reference[$0] })
            }
            let result = reduction.tensor(tensor, axes, true)
            #expect(
                result.isApproximatelyEqual(
                    to: Tensor(expected), relativeTolerance: 1e-6, absoluteTolerance: 1e-7),
                "\(reduction.name) of \(shape) along \(axes)")
            let squeezed = reduction.tensor(tensor, axes, false)
            #expect(squeezed.shape.dimensions == removed)
            #expect(squeezed.elements == result.elements)
        }
    }

    @Test func reducesAllElements() {
        let tensor: Tensor = [[1, 2], [3, 6]]
        #expect(tensor.sum() == 12)
        #expect(tensor.mean() == 3)
        #expect(tensor.min() == 1)
        #expect(tensor.max() == 6)
        #expect(tensor.variance() == 3.5)
        #expect(tensor.variance(correction: 1) == Float(14.0 / 3))
        #expect(tensor.variance(axes: [1], correction: 1).elements == [0.5, 4.5])
    }

    /// A sum in single precision would stand still at 2^24, and a variance as the difference of
    /// large squares would be noise.
    @Test(arguments: [Shape([1 << 18]), Shape([1 << 18, 1]), Shape([1 << 18, 3])])
    func accumulatesAccurately(shape: Shape) {
        let large = Tensor(repeating: 16_777_216, shape: shape)
        #expect(large.mean(axes: [0]).elements.allSatisfy { $0 == 16_777_216 })
        let tenths = Tensor(repeating: 0.1, shape: shape)
        #expect(tenths.sum(axes: [0]).elements.allSatisfy { $0 == Float(0.1) * 0x1p18 })
        var signs = Tensor(repeating: 10_001, shape: shape)
        signs.withUnsafeMutableElements { elements in
            let columns = elements.count >> 18
            for index in elements.indices where (index / columns).isMultiple(of: 2) {
                elements[index] = 9_999
            }
        }
        #expect(signs.variance(axes: [0]).elements.allSatisfy { $0 == 1 })
    }

    @Test func nothingAddsUpToZero() {
        #expect(Tensor(zeros: [0]).sum() == 0)
        #expect(Tensor(zeros: [0, 3]).sum(axes: [0]).elements == [0, 0, 0])
        #expect(Tensor(zeros: [0]).mean().isNaN)
        #expect(Tensor(zeros: [0, 3]).max(axes: [1]).shape == [0])
    }

    @Test(arguments: 0..<20)
    func notANumberIsFound(position: Int) {
        var row = Tensor.sample([20])
        row[position] = .nan
        #expect(row.max().isNaN)
        #expect(row.min().isNaN)
        let column = row.reshaped(20, 1).broadcast(to: [20, 9])
        #expect(column.max(axes: [0]).elements.allSatisfy { $0.isNaN })
        #expect(row.argMax() == position)
    }

    @Test func findsTheLargestElement() {
        let tensor: Tensor = [[1, 5, 5], [9, -1, 2]]
        #expect(tensor.argMax() == 3)
        #expect(tensor.argMax(axis: 1) == [1, 0])
        #expect(tensor.argMax(axis: -1) == [1, 0])
        #expect(tensor.argMax(axis: 0) == [1, 0, 0])
        #expect(Tensor(repeating: -.infinity, shape: [3]).argMax() == 0)
    }
}
