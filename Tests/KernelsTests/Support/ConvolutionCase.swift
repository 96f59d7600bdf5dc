import Kernels
import Tensor
import Testing
import _TestSupport

/// A convolution of some random images, and what the oracle makes of them.
struct ConvolutionCase {
    let shape: ConvolutionShape
    let images: Int
    private let input: [Float]
    private let filters: [Float]
    private let outputGradient: [Float]
    private let expectedOutput: [Double]
    private let expectedInputGradient: [Double]
    private let expectedFilterGradient: [Double]

    init(_ shape: ConvolutionShape, images: Int) {
        self.shape = shape
        self.images = images
        var source = RandomSource(seed: 1)
        input = source.values(images * shape.inputCount)
        filters = source.values(shape.filterCount)
        outputGradient = source.values(images * shape.outputCount)
        let input = ReferenceArray(
            input, shape: [images, shape.inputHeight, shape.inputWidth, shape.inputChannels])
        let filters = ReferenceArray(
            filters,
            shape: [shape.kernelHeight, shape.kernelWidth, shape.groupInputs, shape.outputChannels])
        let gradient = ReferenceArray(
            outputGradient,
            shape: [images, shape.outputHeight, shape.outputWidth, shape.outputChannels])
        let window = Oracle.Window(
            height: shape.kernelHeight, width: shape.kernelWidth, stride: shape.stride,
            top: shape.paddingTop, left: shape.paddingLeft, outputHeight: shape.outputHeight,
            outputWidth: shape.outputWidth)
        expectedOutput =
            Oracle.convolution(
                input, filters: filters, bias: nil, window: window, groups: shape.groups
            ).values
        let gradients = Oracle.convolutionGradients(
            input, filters: filters, outputGradient: gradient, window: window, groups: shape.groups)
        expectedInputGradient = gradients.images.values
        expectedFilterGradient = gradients.filters.values
    }

    /// Expects that every algorithm that supports the shape computes what the oracle does: the
    /// output within 1e-5 of its largest value, gradients within 1e-4 of theirs.
    ///
    /// - Parameter pool: As many workers share the images in the backward pass.
    func expectAllAlgorithms(with pool: ThreadPool) {
        for algorithm in Convolution.Algorithm.allCases where algorithm.supports(shape) {
            let run = Run(self, Convolution(shape, algorithm: algorithm), pool)
            let backward = run.backward(withInputGradient: true)
            let comparisons = [
                ("output", 1e-5, run.forward(), expectedOutput),
                ("gradient of the input", 1e-4, backward.input, expectedInputGradient),
                ("gradient of the filters", 1e-4, backward.filters, expectedFilterGradient),
            ]
            for (name, tolerance, values, expected) in comparisons {
                let deviation = deviation(of: values, from: expected)
                #expect(deviation <= tolerance, "\(name), \(trace(algorithm, pool))")
            }
            let alone = run.backward(withInputGradient: false)
            #expect(
                isIdentical(alone.filters, backward.filters),
                "without a gradient of the input, \(trace(algorithm, pool))")
        }
    }

    private func trace(_ algorithm: Convolution.Algorithm, _ pool: ThreadPool) -> String {
        "\(algorithm), images \(images), workers \(pool.threadCount), \(SweepTrace.description)"
    }

    /// The passes of one algorithm, in memory that is guarded and holds nothing at first.
    private struct Run {
        let test: ConvolutionCase
        let convolution: Convolution
        let pool: ThreadPool
        let input: GuardedFloats
        let filters: GuardedFloats
        let outputGradient: GuardedFloats

        init(_ test: ConvolutionCase, _ convolution: Convolution, _ pool: ThreadPool) {
            self.test = test
            self.convolution = convolution
            self.pool = pool
            input = GuardedFloats(test.input)
            filters = GuardedFloats(test.filters)
            outputGradient = GuardedFloats(test.outputGradient)
        }

        var shape: ConvolutionShape { convolution.shape }

        private func trace() -> String { test.trace(convolution.algorithm, pool) }

        /// Lets the convolution prepare as much memory as it asks for.
        private func prepared(forBackward: Bool) -> GuardedFloats {
            let prepared = GuardedFloats(convolution.preparedCount(forBackward: forBackward))
            convolution.prepare(
                filters: filters.start, into: prepared.start, forBackward: forBackward, pool: pool)
            #expect(prepared.isIntact, "prepared, \(trace())")
            return prepared
        }

        /// Computes all images' output, and puts it together from its patches.
        func forward() -> [Float] {
            let prepared = prepared(forBackward: false)
            let scratch = GuardedFloats(convolution.scratchCount)
            let output = GuardedFloats(test.images * shape.outputCount)
            var log = PatchLog(shape, images: test.images)
            convolution.forward(
                input: input.start, images: test.images, filters: filters.start,
                prepared: prepared.start, scratch: scratch.start
            ) { patch in
                log.add(patch)
                log.forEachPixel(of: patch) { pixel, channels in
                    (output.start + pixel * shape.outputChannels).update(
                        from: channels, count: shape.outputChannels)
                }
            }
            expectRight(log, [scratch, output])
            return output.elements
        }

        /// Computes the gradients; the workers come one after the other, each with its images.
        func backward(withInputGradient: Bool) -> (filters: [Float], input: [Float]) {
            let prepared = prepared(forBackward: true)
            let workers = min(pool.threadCount, test.images)
            let sums = (0..<workers).map { _ in GuardedFloats(convolution.sumCount, filledWith: 0) }
            let inputGradient = GuardedFloats(test.images * shape.inputCount)
            var log = PatchLog(shape, images: test.images)
            for worker in 0..<workers {
                let scratch = GuardedFloats(convolution.scratchCount)
                let share = ThreadPool.share(of: test.images, worker: worker, of: workers)
                convolution.backward(
                    input: input.start + share.lowerBound * shape.inputCount, images: share.count,
                    filters: filters.start, prepared: prepared.start, sums: sums[worker].start,
                    inputGradient: withInputGradient
                        ? inputGradient.start + share.lowerBound * shape.inputCount : nil,
                    scratch: scratch.start
                ) { patch in
                    let patch = patch.moved(by: share.lowerBound)
                    log.add(patch)
                    log.forEachPixel(of: patch) { pixel, channels in
                        channels.update(
                            from: outputGradient.start + pixel * shape.outputChannels,
                            count: shape.outputChannels)
                    }
                }
                #expect(scratch.isIntact, "scratch, \(trace())")
            }
            expectRight(log, sums + [inputGradient, input, filters])
            return (filterGradient(sums), inputGradient.elements)
        }

        /// What the convolution makes of the workers' sums, which lie apart from each other.
        private func filterGradient(_ sums: [GuardedFloats]) -> [Float] {
            let stride = convolution.sumCount + 5
            let all = GuardedFloats(sums.count * stride)
            for (worker, sums) in sums.enumerated() {
                (all.start + worker * stride).update(from: sums.start, count: sums.count)
            }
            let gradient = GuardedFloats(shape.filterCount)
            convolution.finish(
                WorkerSums(start: all.start, stride: stride, workers: sums.count),
                into: gradient.start, pool: pool)
            #expect(gradient.isIntact, "gradient of the filters, \(trace())")
            return gradient.elements
        }

        private func expectRight(_ log: PatchLog, _ buffers: [GuardedFloats]) {
            #expect(log.isComplete, "each pixel once, \(trace())")
            #expect(log.isAligned, "patches begin at even places, \(trace())")
            #expect(log.isInOrder, "patches come in order, \(trace())")
            #expect(buffers.allSatisfy { $0.isIntact }, "memory of others, \(trace())")
        }
    }
}

extension OutputPatch {
    /// The same patch in a batch that has more images before it.
    fileprivate func moved(by images: Int) -> OutputPatch {
        OutputPatch(
            start: start, rowStride: rowStride, pixelStride: pixelStride, image: image + images,
            rows: rows, columns: columns)
    }
}
