import Kernels
import Tensor
import Testing
import _TestSupport

struct PoolingTests {
    private static let windows: [(height: Int, width: Int, stride: Int)] = [
        (1, 1, 1), (2, 2, 2), (3, 2, 1), (3, 3, 2), (2, 2, 5),
    ]

    @Test(arguments: [1, 5, 8, 19])
    func maximumAndAverage(channels: Int) {
        forEvery("window", Self.windows) { height, width, stride in
            forEvery("padding", [0, 1]) { padding in
                forEvery("image", [[2, 2], [5, 7]]) { image in
                    guard padding < min(height, width) else { return }
                    func count(_ length: Int, _ kernel: Int) -> Int {
                        max(0, (length + 2 * padding - kernel) / stride + 1)
                    }
                    check(
                        ConvolutionShape(
                            inputHeight: image[0], inputWidth: image[1], inputChannels: channels,
                            outputHeight: count(image[0], height),
                            outputWidth: count(image[1], width), outputChannels: channels,
                            kernelHeight: height, kernelWidth: width, stride: stride,
                            paddingTop: padding, paddingLeft: padding, groups: channels))
                }
            }
        }
    }

    private func check(_ shape: ConvolutionShape) {
        guard shape.outputCount > 0 else { return }
        var source = RandomSource(seed: 1)
        // All values below zero: what lies outside of the image must not win as a zero.
        let input = source.separatedValues(shape.inputCount).map { $0 - 1000 }
        let dy = source.values(shape.outputCount)
        let window = Oracle.Window(
            height: shape.kernelHeight, width: shape.kernelWidth, stride: shape.stride,
            top: shape.paddingTop, left: shape.paddingLeft, outputHeight: shape.outputHeight,
            outputWidth: shape.outputWidth)
        let pooling = Pooling(shape)
        var output = [Float](repeating: .nan, count: shape.outputCount)
        var winners = [UInt8](repeating: 255, count: shape.outputCount)
        var dx = [Float](repeating: .nan, count: shape.inputCount)
        func expect(_ pool: (ReferenceArray, Oracle.Window) -> ReferenceArray) {
            let inputShape = [1, shape.inputHeight, shape.inputWidth, shape.inputChannels]
            let expected = pool(ReferenceArray(input, shape: inputShape), window)
            #expect(
                deviation(of: output, from: expected.values) <= 1e-6, "\(SweepTrace.description)")
            let gradient = centralDifference(at: input.map(Double.init), step: 1e-4) { input in
                dot(
                    pool(ReferenceArray(input, shape: inputShape), window).values,
                    dy.map(Double.init))
            }
            #expect(deviation(of: dx, from: gradient) <= 1e-5, "\(SweepTrace.description)")
        }
        pooling.maximum(input, output: &output, winners: &winners)
        pooling.maximumBackward(outputGradient: dy, winners: winners, inputGradient: &dx)
        expect(Oracle.maxPool)
        pooling.average(input, output: &output)
        pooling.averageBackward(outputGradient: dy, inputGradient: &dx)
        expect(Oracle.averagePool)
    }
}
