import Tensor
import Testing
import _TestSupport

@Suite struct JoiningTests {
    @Test(arguments: [0, 1, 2, -1])
    func concatenatesAlongEveryAxis(axis: Int) {
        let position = axis < 0 ? axis + 3 : axis
        let parts = [2, 0, 1, 5].map { length in
            var shape = [2, 3, 4]
            shape[position] = length
            return Tensor.sample(Shape(shape), seed: UInt64(length))
        }
        let joined = Tensor(concatenating: parts, axis: axis)
        var shape = [2, 3, 4]
        shape[position] = 8
        let expected = ReferenceArray(shape: shape) { index in
            var place = index
            for part in parts {
                if place[position] < part.shape[position] { return part.reference[place] }
                place[position] -= part.shape[position]
            }
            return .nan
        }
        #expect(joined == Tensor(expected))
    }

    @Test func stacks() {
        let parts: [Tensor] = [[1, 2], [3, 4], [5, 6]]
        #expect(Tensor(stacking: parts) == [[1, 2], [3, 4], [5, 6]])
        #expect(Tensor(stacking: parts, axis: 1) == [[1, 3, 5], [2, 4, 6]])
        #expect(Tensor(stacking: parts, axis: -1) == [[1, 3, 5], [2, 4, 6]])
    }

    @Test func gathers() {
        let tensor: Tensor = [[1, 2, 3], [4, 5, 6]]
        #expect(tensor.gathering([1, 0, 1]) == [[4, 5, 6], [1, 2, 3], [4, 5, 6]])
        #expect(tensor.gathering([2, 2], axis: 1) == [[3, 3], [6, 6]])
        #expect(tensor.gathering([2, 0], axis: -1) == [[3, 1], [6, 4]])
        #expect(tensor.gathering([]).shape == [0, 3])
    }
}
