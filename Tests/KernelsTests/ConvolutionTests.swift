import Kernels
import Tensor
import Testing
import _TestSupport

/// Every algorithm, forced, against the oracle; the gradients against those that the oracle's
/// being linear gives.
struct ConvolutionTests {
    private static let channels: [(inputs: Int, outputs: Int, groups: Int)] = [
        (1, 1, 1), (1, 32, 1), (3, 7, 1), (8, 16, 1), (65, 130, 1), (130, 3, 1), (12, 18, 3),
        (9, 9, 9), (130, 130, 130), (4, 8, 4),
    ]

    /// Kernel and stride, with kernels that are not square and strides above the kernel.
    private static let windows: [(height: Int, width: Int, stride: Int)] = [
        (1, 1, 1), (1, 1, 3), (2, 3, 1), (3, 3, 1), (3, 3, 2), (5, 1, 2), (2, 2, 5),
    ]

    @Test(arguments: Convolution.Algorithm.allCases)
    func forwardAndBackward(algorithm: Convolution.Algorithm) {
        forEvery("channels", Self.channels) { inputs, outputs, groups in
            forEvery("window", Self.windows) { height, width, stride in
                forEvery("padding", [0, 1, 2]) { padding in
                    forEvery("image", [[1, 1], [4, 7], [9, 6]]) { image in
                        check(
                            algorithm,
                            shape(image, inputs, outputs, groups, height, width, stride, padding))
                    }
                }
            }
        }
    }

    /// Padding below and to the right is what the last positions reach over the edge.
    private func shape(
        _ image: [Int], _ inputs: Int, _ outputs: Int, _ groups: Int, _ height: Int, _ width: Int,
        _ stride: Int, _ padding: Int
    ) -> ConvolutionShape {
        func count(_ length: Int, _ kernel: Int) -> Int {
            max(0, (length + 2 * padding - kernel) / stride + 1)
        }
        return ConvolutionShape(
            inputHeight: image[0], inputWidth: image[1], inputChannels: inputs,
            outputHeight: count(image[0], height), outputWidth: count(image[1], width),
            outputChannels: outputs, kernelHeight: height, kernelWidth: width, stride: stride,
            paddingTop: padding, paddingLeft: padding, groups: groups)
    }

    private func check(_ algorithm: Convolution.Algorithm, _ shape: ConvolutionShape) {
        guard shape.outputPixels > 0, algorithm.supports(shape) else { return }
        var source = RandomSource(seed: 1)
        let input = source.values(shape.inputCount)
        let filters = source.values(shape.filterCount)
        let bias = source.values(shape.outputChannels)
        let dy = source.values(shape.outputCount)

        let convolution = Convolution(shape, algorithm: algorithm)
        var scratch = [Float](repeating: .nan, count: max(convolution.scratchCount, 1))
        var prepared = [Float](repeating: .nan, count: max(convolution.preparedCount, 1))
        var output = [Float](repeating: .nan, count: shape.outputCount)
        var dx = [Float](repeating: .nan, count: shape.inputCount)
        // Gradients of the filters are added to what is there.
        var df = [Float](repeating: 1, count: shape.filterCount)
        convolution.forward(
            input: input, filters: filters, bias: bias, output: &output, scratch: &scratch)
        convolution.prepare(filters: filters, into: &prepared)
        convolution.backward(
            input: input, outputGradient: dy, filters: filters, prepared: prepared,
            filterGradient: &df, inputGradient: &dx, scratch: &scratch)

        let expected = Oracle.convolution(
            ReferenceArray(input, shape: inputShape(shape)),
            filters: ReferenceArray(filters, shape: filterShape(shape)),
            bias: bias.map(Double.init), window: window(shape), groups: shape.groups)
        #expect(
            deviation(of: output, from: expected.values) <= 1e-5, "\(SweepTrace.description)")

        // The output is linear in input and filters: for any other input v, Σ dx v = Σ dy y(v).
        for _ in 0..<3 {
            let otherInput = source.values(shape.inputCount)
            let otherFilters = source.values(shape.filterCount)
            let alongInput = slope(shape, otherInput, filters, dy)
            let alongFilters = slope(shape, input, otherFilters, dy)
            expectEqual(sum(dx, otherInput), alongInput)
            expectEqual(sum(df.map { $0 - 1 }, otherFilters), alongFilters)
        }
    }

    private func expectEqual(_ value: Double, _ expected: (value: Double, size: Double)) {
        #expect(abs(value - expected.value) <= 1e-5 * expected.size, "\(SweepTrace.description)")
    }

    /// `Σ dy y`, and `√(Σ dy² Σ y²)` to judge differences by.
    private func slope(
        _ shape: ConvolutionShape, _ input: [Float], _ filters: [Float], _ dy: [Float]
    ) -> (value: Double, size: Double) {
        let output = Oracle.convolution(
            ReferenceArray(input, shape: inputShape(shape)),
            filters: ReferenceArray(filters, shape: filterShape(shape)), bias: nil,
            window: window(shape), groups: shape.groups
        ).values
        let gradient = dy.map(Double.init)
        let size = (dot(gradient, gradient) * dot(output, output)).squareRoot()
        return (dot(gradient, output), max(size, 1))
    }

    private func sum(_ a: [Float], _ b: [Float]) -> Double {
        dot(a.map(Double.init), b.map(Double.init))
    }

    private func inputShape(_ shape: ConvolutionShape) -> [Int] {
        [1, shape.inputHeight, shape.inputWidth, shape.inputChannels]
    }

    private func filterShape(_ shape: ConvolutionShape) -> [Int] {
        [shape.kernelHeight, shape.kernelWidth, shape.groupInputs, shape.outputChannels]
    }

    private func window(_ shape: ConvolutionShape) -> Oracle.Window {
        Oracle.Window(
            height: shape.kernelHeight, width: shape.kernelWidth, stride: shape.stride,
            top: shape.paddingTop, left: shape.paddingLeft, outputHeight: shape.outputHeight,
            outputWidth: shape.outputWidth)
    }

    /// With the identity for filters, the output is the im2col columns themselves.
    @Test func columnsAtTheEdges() {
        let shape = ConvolutionShape(
            inputHeight: 2, inputWidth: 2, inputChannels: 1, outputHeight: 2, outputWidth: 2,
            outputChannels: 4, kernelHeight: 2, kernelWidth: 2, stride: 2, paddingTop: 1,
            paddingLeft: 1, groups: 1)
        let identity: [Float] = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]
        let convolution = Convolution(shape)
        var scratch = [Float](repeating: .nan, count: convolution.scratchCount)
        var output = [Float](repeating: .nan, count: 16)
        convolution.forward(
            input: [1, 2, 3, 4], filters: identity, bias: nil, output: &output, scratch: &scratch)
        #expect(output == [0, 0, 0, 1, 0, 0, 2, 0, 0, 3, 0, 0, 4, 0, 0, 0])
    }

    @Test func choosesTheAlgorithmByTheShape() {
        func algorithm(_ inputs: Int, _ outputs: Int, _ groups: Int) -> Convolution.Algorithm {
            Convolution(shape([5, 5], inputs, outputs, groups, 3, 3, 1, 0)).algorithm
        }
        #expect(algorithm(8, 8, 8) == .depthwise)
        #expect(algorithm(8, 16, 8) == .matrixProduct)
        #expect(algorithm(8, 8, 1) == .matrixProduct)
    }
}
