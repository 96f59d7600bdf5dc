import Tensor
import Testing

@Suite struct TensorCoreTests {
    @Test func copiesAreIndependent() {
        let original: Tensor = [1, 2, 3]
        var copy = original
        copy[0] = 9
        copy += copy
        #expect(original.elements == [1, 2, 3])
        #expect(copy.elements == [18, 4, 6])
    }

    @Test(arguments: [0, 1, 3, 17, 1000])
    func elementsLieOnA64ByteBoundary(count: Int) {
        let tensor = Tensor(zeros: [count])
        tensor.withUnsafeElements { elements in
            #expect(elements.count == count)
            #expect(Int(bitPattern: elements.baseAddress) % 64 == 0)
        }
    }

    @Test func createsFromElements() {
        let tensor = Tensor((0..<6).map(Float.init), shape: [2, 3])
        #expect(tensor.shape == [2, 3])
        #expect(tensor.elements == [0, 1, 2, 3, 4, 5])
        #expect(Tensor([1.5]).shape == [1])
        #expect(Tensor(repeating: 2, shape: [2]).elements == [2, 2])
        #expect(Tensor(scalar: 4).shape == [])
        #expect(Tensor([4], shape: [1, 1]).scalar == 4)
        #expect(Tensor(zeros: [0, 3]).elements == [])
    }

    @Test func unsafeWritesReachOneTensorOnly() {
        let original = Tensor(zeros: [4])
        var copy = original
        copy.withUnsafeMutableElements { $0[2] = 1 }
        #expect(original.elements == [0, 0, 0, 0])
        #expect(copy.elements == [0, 0, 1, 0])
    }

    @Test func literalsNest() {
        let cube: Tensor = [[[1, 2]], [[-3, 4.5]]]
        #expect(cube.shape == [2, 1, 2])
        #expect(cube.elements == [1, 2, -3, 4.5])
        let empty: Tensor = []
        #expect(empty.shape == [0])
    }
}
