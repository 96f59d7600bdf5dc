import Kernels
import Tensor

/// The second half of a block whose batch is normalized: normalization, rectifier, max-pooling and
/// dropout, over what a `MeasuredConvolution` has written.
///
/// It costs little next to the memory that its output would take, so the backward pass computes the
/// output again where it is needed.
struct NormalizedOutput: LayerPasses {
    let convolution: MeasuredConvolution

    private var block: ConvolutionBlock { convolution.block }

    func plan() -> LayerPlan {
        let epilogue = block.epilogue
        var plan = LayerPlan(
            output: [epilogue.outputHeight, epilogue.outputWidth, epilogue.channels])
        plan.backwardReads =
            block.negativeSlope != nil && !block.pools ? [.input, .output] : .input
        if block.pools { plan.keptBytesPerSample = aligned(epilogue.outputCount) }
        plan.isSamplewise = true
        plan.recomputesOutput = true
        return plan
    }

    func forward(_ pass: ForwardPass) {
        pass.forEachWorker(with: (self, pass)) { context, _, samples in
            let (half, pass) = context
            let coefficients = half.convolution.coefficients(pass.producer)
            let arrays = EpilogueArrays(of: half.block, pass)
            let epilogue = half.block.epilogue
            for sample in samples {
                half.forEachRowPair(of: pass.x, sample) { patch in
                    epilogue.forward(
                        patch, scale: coefficients.scale, shift: coefficients.shift,
                        output: arrays.output(sample), codes: arrays.codes(sample),
                        mask: arrays.mask(sample))
                }
            }
        }
    }

    /// Undoes all but the normalization, and sums what that takes.
    func backward(_ pass: BackwardPass) {
        guard let dx = pass.dx else { misuse("the gradient of a convolution's output is missing") }
        pass.forward.forEachWorker(with: (self, pass, dx)) { context, _, samples in
            let (half, pass, dx) = context
            let block = half.block
            let sweeps = BatchNormalization(
                width: block.shape.outputWidth, channels: block.layer.filters)
            let producer = pass.forward.producer
            let coefficients = half.convolution.coefficients(producer)
            let arrays = EpilogueArrays(of: block, pass.forward)
            let epilogue = block.epilogue
            let (x, dy, count) = (pass.forward.x, pass.dy, block.shape.outputCount)
            for sample in samples {
                half.forEachRowPair(of: dx, sample) { patch in
                    epilogue.backward(
                        outputGradient: dy + sample * arrays.outputCount,
                        output: arrays.output(sample), codes: arrays.codes(sample),
                        mask: arrays.mask(sample), into: patch, sums: nil)
                    sweeps.addGradientSums(
                        patch, x: x + sample * count, mean: coefficients.mean,
                        to: half.convolution.moments(producer, sample))
                }
            }
        }
    }

    /// Calls `body` with patches of two rows that cover an image of the convolution's output: few
    /// enough to stay in the first-level cache.
    private func forEachRowPair(
        of images: UnsafePointer<Float>, _ sample: Int, _ body: (OutputPatch) -> Void
    ) {
        let shape = block.shape
        let image = UnsafeMutablePointer(mutating: images) + sample * shape.outputCount
        let rowStride = shape.outputWidth * shape.outputChannels
        for row in stride(from: 0, to: shape.outputHeight, by: 2) {
            body(
                OutputPatch(
                    start: image + row * rowStride, rowStride: rowStride,
                    pixelStride: shape.outputChannels, image: sample,
                    rows: row..<min(row + 2, shape.outputHeight), columns: 0..<shape.outputWidth))
        }
    }
}
