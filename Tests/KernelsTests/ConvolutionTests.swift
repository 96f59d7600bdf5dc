import Kernels
import Testing
import _TestSupport

/// Every algorithm, forced, against the oracle, in sweeps over shapes.
struct ConvolutionTests {
    private let pools = (1...3).map { ThreadPool(threadCount: $0) }

    /// The zeros that surround an image, and the last positions reach.
    private struct Edges: CustomStringConvertible {
        var top, left, bottom, right: Int
        var description: String { "\(top) \(left) \(bottom) \(right)" }

        init(_ top: Int, _ left: Int, _ bottom: Int, _ right: Int) {
            (self.top, self.left, self.bottom, self.right) = (top, left, bottom, right)
        }

        init(_ all: Int) {
            self.init(all, all, all, all)
        }
    }

    private static let edges = [
        Edges(0), Edges(1), Edges(2), Edges(0, 1, 1, 0), Edges(2, 0, 0, 1), Edges(1, 2, 0, 2),
    ]

    /// A convolution by 3 x 3 with an output of a given size.
    private func shape(
        output: (height: Int, width: Int), _ edges: Edges, inputs: Int, outputs: Int,
        groups: Int = 1
    ) -> ConvolutionShape? {
        let height = output.height + 2 - edges.top - edges.bottom
        let width = output.width + 2 - edges.left - edges.right
        guard height >= 1, width >= 1 else { return nil }
        return ConvolutionShape(
            inputHeight: height, inputWidth: width, inputChannels: inputs,
            outputHeight: output.height, outputWidth: output.width, outputChannels: outputs,
            kernelHeight: 3, kernelWidth: 3, stride: 1, paddingTop: edges.top,
            paddingLeft: edges.left, groups: groups)
    }

    /// All sizes modulo the tiles, with all edges; channels, images and workers take turns.
    @Test(arguments: 1...9)
    func everySizeOfTheOutput(height: Int) {
        let channels = [
            (1, 1, 1), (3, 8, 1), (7, 9, 1), (8, 3, 1), (9, 16, 1), (9, 9, 9), (2, 4, 2),
        ]
        var turn = height
        forEvery("width", Array(1...9)) { width in
            forEvery("edges", Self.edges) { edges in
                turn += 1
                let (inputs, outputs, groups) = channels[turn % channels.count]
                guard
                    let shape = shape(
                        output: (height, width), edges, inputs: inputs, outputs: outputs,
                        groups: groups)
                else { return }
                ConvolutionCase(shape, images: [1, 2, 5][turn % 3])
                    .expectAllAlgorithms(with: pools[turn / 3 % 3])
            }
        }
    }

    /// Channels that fill vectors, and such that do not.
    @Test(arguments: [1, 3, 7, 8, 9, 16, 33, 64, 65, 128, 130])
    func everyNumberOfChannels(inputs: Int) {
        forEvery("outputs", [1, 3, 7, 8, 9, 16, 33, 64, 65, 128, 130]) { outputs in
            guard
                let shape = shape(output: (3, 5), Edges(1), inputs: inputs, outputs: outputs)
            else { return }
            ConvolutionCase(shape, images: 2).expectAllAlgorithms(with: pools[1])
        }
        guard
            let depthwise = shape(
                output: (5, 4), Edges(1), inputs: inputs, outputs: inputs, groups: inputs)
        else { return }
        ConvolutionCase(depthwise, images: 2).expectAllAlgorithms(with: pools[0])
    }

    /// Images that take several blocks of tiles or columns, which begin and end within an image;
    /// the last have more tiles than a block on any processor.
    @Test(arguments: [
        (18, 22, 8, 9, 5), (37, 6, 16, 7, 3), (10, 24, 130, 128, 1), (42, 46, 8, 3, 5),
    ])
    func severalBlocks(height: Int, width: Int, inputs: Int, outputs: Int, images: Int) {
        guard let shape = shape(output: (height, width), Edges(1), inputs: inputs, outputs: outputs)
        else { return }
        ConvolutionCase(shape, images: images).expectAllAlgorithms(with: pools[1])
    }

    private static let windows: [(height: Int, width: Int, stride: Int)] = [
        (1, 1, 1), (1, 1, 3), (2, 3, 1), (3, 2, 1), (3, 3, 2), (5, 1, 2), (2, 2, 5), (5, 5, 1),
    ]

    /// Kernels of all kinds, such that are not square and strides above the kernel among them.
    @Test(arguments: [
        (1, 1, 1), (1, 32, 1), (3, 7, 1), (8, 16, 1), (65, 130, 1), (130, 3, 1), (12, 18, 3),
        (9, 9, 9), (130, 130, 130), (4, 8, 4),
    ])
    func everyWindow(inputs: Int, outputs: Int, groups: Int) {
        forEvery("window", Self.windows) { height, width, stride in
            forEvery("padding", [0, 1, 2]) { padding in
                forEvery("image", [[1, 1], [4, 7], [9, 6], [1, 8]]) { image in
                    func count(_ length: Int, _ kernel: Int) -> Int {
                        max(0, (length + 2 * padding - kernel) / stride + 1)
                    }
                    let shape = ConvolutionShape(
                        inputHeight: image[0], inputWidth: image[1], inputChannels: inputs,
                        outputHeight: count(image[0], height), outputWidth: count(image[1], width),
                        outputChannels: outputs, kernelHeight: height, kernelWidth: width,
                        stride: stride, paddingTop: padding, paddingLeft: padding, groups: groups)
                    guard shape.outputPixels > 0 else { return }
                    ConvolutionCase(shape, images: 1).expectAllAlgorithms(with: pools[0])
                }
            }
        }
    }

    /// With the identity for filters, the output is what the filters see.
    @Test(arguments: [Convolution.Algorithm.fewChannels, .matrixProduct])
    func columnsAtTheEdges(algorithm: Convolution.Algorithm) {
        let shape = ConvolutionShape(
            inputHeight: 2, inputWidth: 2, inputChannels: 1, outputHeight: 2, outputWidth: 2,
            outputChannels: 4, kernelHeight: 2, kernelWidth: 2, stride: 2, paddingTop: 1,
            paddingLeft: 1, groups: 1)
        let identity: [Float] = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]
        let convolution = Convolution(shape, algorithm: algorithm)
        let scratch = GuardedFloats(convolution.scratchCount)
        let prepared = GuardedFloats(convolution.preparedCount(forBackward: false))
        convolution.prepare(
            filters: identity, into: prepared.start, forBackward: false, pool: pools[0])
        var output: [Float] = []
        convolution.forward(
            input: [1, 2, 3, 4], images: 1, filters: identity, prepared: prepared.start,
            scratch: scratch.start
        ) { patch in
            PatchLog(shape, images: 1).forEachPixel(of: patch) { _, channels in
                output += UnsafeBufferPointer(start: channels, count: 4)
            }
        }
        #expect(output == [0, 0, 0, 1, 0, 0, 2, 0, 0, 3, 0, 0, 4, 0, 0, 0])
    }

    @Test func choosesTheAlgorithmByTheShape() {
        func algorithm(
            _ size: Int, _ inputs: Int, _ outputs: Int, groups: Int = 1, stride: Int = 1
        ) -> Convolution.Algorithm {
            let length = (size - 1) * stride + 3
            return Convolution(
                ConvolutionShape(
                    inputHeight: length, inputWidth: length, inputChannels: inputs,
                    outputHeight: size, outputWidth: size, outputChannels: outputs, kernelHeight: 3,
                    kernelWidth: 3, stride: stride, paddingTop: 0, paddingLeft: 0, groups: groups)
            ).algorithm
        }
        #expect(algorithm(20, 8, 8, groups: 8) == .depthwise)
        #expect(algorithm(20, 8, 16, groups: 8) == .matrixProduct)
        #expect(algorithm(20, 64, 64, stride: 2) == .matrixProduct)
        #expect(algorithm(46, 1, 32) == .fewChannels)
        #expect(algorithm(20, 64, 128) == .winograd4x4)
        #expect(algorithm(2, 256, 256) == .winograd2x2)
    }
}
