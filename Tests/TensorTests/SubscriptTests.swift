import Tensor
import Testing
import _TestSupport

@Suite struct SubscriptTests {
    private let cube = Tensor((0..<24).map(Float.init), shape: [2, 3, 4])

    @Test func readsElements() {
        for index in ReferenceArray.indices(of: [2, 3, 4]) {
            #expect(cube[index[0], index[1], index[2]] == Float(cube.reference[index]))
        }
        #expect(Tensor([7, 8])[1] == 8)
    }

    @Test func writesElements() {
        var tensor = cube
        tensor[1, 2, 3] = -1
        tensor[0, 0, 0] += 5
        #expect(tensor.elements == [5] + (1..<23).map(Float.init) + [-1])
        #expect(cube[1, 2, 3] == 23)
    }

    @Test func readsParts() {
        let row: Tensor = cube[1, 2]
        #expect(row.shape == [4])
        #expect(row.elements == [20, 21, 22, 23])
        let plane: Tensor = cube[1]
        #expect(plane.shape == [3, 4])
        #expect(plane.elements == (12..<24).map(Float.init))
        #expect(cube[0..., 1].shape == [2, 4])
        #expect(cube[0..., 1].elements == [4, 5, 6, 7, 16, 17, 18, 19])
        #expect(cube[1..., ..<2, 1...2].shape == [1, 2, 2])
        #expect(cube[1..., ..<2, 1...2].elements == [13, 14, 17, 18])
        #expect(cube[..<1, ...1, 3].elements == [3, 7])
        #expect(cube[0..<0].shape == [0, 3, 4])
        #expect(cube[2...].elements == [])
    }

    /// Every range on every axis against index arithmetic.
    @Test func partsMatchTheOracle() {
        for (a, b, c) in [(0..<2, 0..<3, 0..<4), (1..<2, 0..<2, 1..<4), (0..<1, 2..<3, 2..<2)] {
            let part = cube[a, b, c]
            let expected = ReferenceArray(shape: [a.count, b.count, c.count]) { index in
                cube.reference[
                    [a.lowerBound + index[0], b.lowerBound + index[1], c.lowerBound + index[2]]]
            }
            #expect(part == Tensor(expected))
        }
    }

    @Test func writesParts() {
        var tensor = cube
        tensor[0..., 1] = [[-1, -2, -3, -4], [-5, -6, -7, -8]]
        #expect(tensor[0..., 1].elements == [-1, -2, -3, -4, -5, -6, -7, -8])
        #expect(tensor[0..., 0] == cube[0..., 0])
        #expect(tensor[0..., 2] == cube[0..., 2])
        tensor[1, 1..., 1...2] = Tensor(scalar: 0)
        #expect(tensor[1, 0...].elements == [12, 13, 14, 15, -5, 0, 0, -8, 20, 0, 0, 23])
        tensor[0] = [1, 2, 3, 4]
        #expect(tensor[0, 0...].elements == [1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4])
    }

    @Test func assigningAPartToItselfChangesNothing() {
        var tensor = cube
        tensor[0..., 1] = tensor[0..., 1]
        #expect(tensor == cube)
    }
}
