import Tensor
import Testing

@Suite struct ReshapingTests {
    private let cube = Tensor((0..<24).map(Float.init), shape: [2, 3, 4])

    @Test func keepsElementsInOrder() {
        for tensor in [
            cube.reshaped(to: [4, 6]), cube.reshaped(4, 6), cube.reshaped(-1, 6),
            cube.reshaped(4, -1),
        ] {
            #expect(tensor.shape == [4, 6])
            #expect(tensor.elements == cube.elements)
        }
        #expect(cube.flattened().shape == [24])
        #expect(Tensor([5]).reshaped().shape == [])
        #expect(Tensor(zeros: [0, 3]).reshaped(3, -1).shape == [3, 0])
    }

    @Test func reshapedTensorsShareNothingOnceWritten() {
        var flat = cube.flattened()
        flat[0] = 100
        #expect(cube[0, 0, 0] == 0)
    }

    @Test func expandsAndSqueezes() {
        #expect(cube.expandingAxis(0).shape == [1, 2, 3, 4])
        #expect(cube.expandingAxis(2).shape == [2, 3, 1, 4])
        #expect(cube.expandingAxis(-1).shape == [2, 3, 4, 1])
        #expect(cube.expandingAxis(-4).shape == [1, 2, 3, 4])
        let thin = Tensor(zeros: [1, 2, 1, 3])
        #expect(thin.squeezingAxis(0).shape == [2, 1, 3])
        #expect(thin.squeezingAxis(-2).shape == [1, 2, 3])
        #expect(thin.squeezed().shape == [2, 3])
    }
}
