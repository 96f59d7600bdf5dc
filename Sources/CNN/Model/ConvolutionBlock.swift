import Kernels
import Tensor

/// A convolution and the layers that follow it, computed as one: batch normalization, rectifier,
/// max-pooling by 2 x 2 and dropout, each where the network has it, in this order.
///
/// What a convolution computes goes through the others while it is in the cache, a small patch at a
/// time, and the gradient takes the same way back. Only where a batch is normalized while training,
/// the output of the convolution is written to memory, as all of it is needed to measure the batch.
/// It is swept over four times then: measured and written by the convolution, normalized, and for
/// the backward pass summed with the gradient, and combined with it by the convolution.
struct ConvolutionBlock: LayerPasses {
    private let layer: Conv2D
    let convolution: Convolution
    var normalization: BatchNorm?
    /// What negative values are multiplied by; nil without a rectifier.
    var negativeSlope: Float?
    var pools = false
    var dropoutRate: Float?

    init(_ layer: Conv2D, over input: Shape, algorithm: Convolution.Algorithm? = nil) {
        self.layer = layer
        convolution = Convolution(layer.shape(over: input), algorithm: algorithm)
    }

    private var shape: ConvolutionShape { convolution.shape }

    private var epilogue: Epilogue {
        Epilogue(
            height: shape.outputHeight, width: shape.outputWidth, channels: shape.outputChannels,
            negativeSlope: negativeSlope, pools: pools)
    }

    private var sweeps: BatchNormalization {
        BatchNormalization(width: shape.outputWidth, channels: shape.outputChannels)
    }

    /// Whether the output of the convolution is kept.
    private func keepsOutput(_ mode: Mode) -> Bool { normalization != nil && mode == .training }

    /// What the block needs; of the parameters, the plan lists those of the convolution only.
    func plan(mode: Mode) -> LayerPlan {
        let epilogue = epilogue
        let isTraining = mode == .training
        var plan = LayerPlan(
            output: [epilogue.outputHeight, epilogue.outputWidth, epilogue.channels])
        plan.parameters = [
            Parameter(
                "kernel", [layer.kernel, layer.kernel, shape.groupInputs, layer.filters],
                layer.initializer, decays: true)
        ]
        if layer.bias { plan.parameters.append(Parameter("bias", [layer.filters], .zeros)) }
        plan.multiplyAdds = shape.multiplyAdds
        plan.backwardReads = negativeSlope != nil && !pools ? [.input, .output] : .input
        plan.preparedFloats =
            aligned(convolution.preparedCount(forBackward: isTraining))
            + (normalization == nil ? 0 : 2 * layer.filters)
        plan.scratchFloats = max(convolution.scratchCount, shape.bandCount)
        plan.sumFloats = biasOffset + (sumsBias ? layer.filters : 0)
        if isTraining {
            plan.keptBytesPerSample = codeOffset + (pools ? aligned(epilogue.outputCount) : 0)
            plan.keptFloats =
                normalization == nil ? 0 : BatchNorm.Coefficients.count * layer.filters
        }
        plan.isSamplewise = !keepsOutput(mode)
        return plan
    }

    /// Whether there is a gradient of the bias to add up.
    private var sumsBias: Bool { layer.bias && normalization == nil }

    // MARK: - Memory

    /// Where the bias's share of the sums begins, in floats.
    private var biasOffset: Int { aligned(convolution.sumCount) }

    /// Where the scale of a normalization begins in what is prepared, in floats; its shift follows,
    /// and nothing else.
    private func scaleOffset(of plan: LayerPlan) -> Int { plan.preparedFloats - 2 * layer.filters }

    /// Where the moments begin in what is kept of a sample, behind the output of the convolution,
    /// in floats.
    private var momentOffset: Int { aligned(shape.outputCount) }

    /// Where the codes of the pooling begin in what is kept of a sample, in bytes.
    private var codeOffset: Int {
        guard normalization != nil else { return 0 }
        let floats = momentOffset + aligned(BatchNorm.momentCount * layer.filters)
        return floats * MemoryLayout<Float>.stride
    }

    private func aligned(_ count: Int) -> Int { (count + 15) / 16 * 16 }

    /// Where the arrays of all samples of a pass lie, which a patch is too small to look up.
    private struct Arrays {
        let output: UnsafeMutablePointer<Float>
        let outputCount: Int
        let kept: UnsafeMutableRawPointer
        let keptStride: Int
        let momentOffset: Int
        let codeOffset: Int?
        let dropoutRate: Float?
        let pass: ForwardPass

        init(_ block: ConvolutionBlock, _ pass: ForwardPass) {
            let isTraining = pass.mode == .training
            output = pass.y
            outputCount = pass.plan.output.elementCount
            kept = pass.memory.kept(pass.layer)
            keptStride = pass.plan.keptBytesPerSample
            momentOffset = block.momentOffset
            codeOffset = block.pools && isTraining ? block.codeOffset : nil
            dropoutRate = isTraining ? block.dropoutRate : nil
            self.pass = pass
        }

        func output(_ sample: Int) -> UnsafeMutablePointer<Float> { output + sample * outputCount }

        /// The output of the convolution, where it is kept.
        func convolved(_ sample: Int) -> UnsafeMutablePointer<Float> {
            (kept + sample * keptStride).assumingMemoryBound(to: Float.self)
        }

        func moments(_ sample: Int) -> UnsafeMutablePointer<Float> {
            convolved(sample) + momentOffset
        }

        func codes(_ sample: Int) -> UnsafeMutablePointer<UInt8>? {
            codeOffset.map { (kept + sample * keptStride + $0).assumingMemoryBound(to: UInt8.self) }
        }

        func mask(_ sample: Int) -> DropoutMask? {
            dropoutRate.map { CNN.mask($0, of: sample, in: pass) }
        }
    }

    // MARK: - Passes

    func prepare(_ pass: PreparationPass) {
        convolution.prepare(
            filters: pass.weights(0), into: pass.preparedMemory,
            forBackward: pass.mode == .training, pool: pass.pool)
        guard let normalization, pass.mode == .inference else { return }
        let channels = layer.filters
        let scale = pass.preparedMemory + scaleOffset(of: pass.plan)
        normalization.setTransform(
            gamma: pass.weights(firstNormalizationParameter),
            beta: pass.weights(firstNormalizationParameter + 1),
            mean: pass.statistics(0), variance: pass.statistics(1), channels: channels,
            scale: scale, shift: scale + channels)
        guard layer.bias else { return }
        // scale * (x + bias) + shift
        let bias = pass.weights(1)
        for channel in 0..<channels { scale[channels + channel] += scale[channel] * bias[channel] }
    }

    private var firstNormalizationParameter: Int { layer.bias ? 2 : 1 }

    func forward(_ pass: ForwardPass) {
        if let normalization, keepsOutput(pass.mode) {
            return forwardMeasuring(pass, normalization)
        }
        pass.forEachWorker(with: (self, pass)) { context, worker, samples in
            let (block, pass) = context
            let arrays = Arrays(block, pass)
            let epilogue = block.epilogue
            let (scale, shift) = block.transform(pass)
            block.convolve(pass, samples, worker) { patch, sample in
                epilogue.forward(
                    patch, scale: scale, shift: shift, output: arrays.output(sample),
                    codes: arrays.codes(sample), mask: arrays.mask(sample))
            }
        }
    }

    /// What is done to each channel of the convolution's output first.
    private func transform(
        _ pass: ForwardPass
    ) -> (scale: UnsafePointer<Float>?, shift: UnsafePointer<Float>?) {
        guard normalization != nil else { return (nil, layer.bias ? pass.weights(1) : nil) }
        let channels = layer.filters
        let scale = pass.preparedMemory + scaleOffset(of: pass.plan)
        return (scale, scale + channels)
    }

    /// Calls `body` with all patches of the convolution's output, and the sample each belongs to.
    private func convolve(
        _ pass: ForwardPass, _ samples: Range<Int>, _ worker: Int,
        _ body: (_ patch: OutputPatch, _ sample: Int) -> Void
    ) {
        convolution.forward(
            input: pass.x + samples.lowerBound * shape.inputCount, images: samples.count,
            filters: pass.weights(0), prepared: pass.preparedMemory,
            scratch: pass.workerMemory(worker)
        ) { patch in
            body(patch, samples.lowerBound + patch.image)
        }
    }

    func backward(_ pass: BackwardPass) {
        if let normalization { sumGradients(pass, normalization) }
        pass.forward.forEachWorker(with: (self, pass)) { context, worker, samples in
            let (block, pass) = context
            let sums = pass.workerSums(worker)
            let biasSums = block.sumsBias ? sums + block.biasOffset : nil
            let arrays = Arrays(block, pass.forward)
            let (epilogue, sweeps) = (block.epilogue, block.sweeps)
            let dy = pass.dy
            let coefficients =
                block.normalization == nil
                ? nil
                : BatchNorm.Coefficients(pass.forward.batchMemory, channels: block.layer.filters)
            block.convolution.backward(
                input: pass.forward.x + samples.lowerBound * block.shape.inputCount,
                images: samples.count, filters: pass.forward.weights(0),
                prepared: pass.forward.preparedMemory, sums: sums,
                inputGradient: pass.dx.map { $0 + samples.lowerBound * block.shape.inputCount },
                scratch: pass.forward.workerMemory(worker)
            ) { patch in
                let sample = samples.lowerBound + patch.image
                let dy = dy + sample * arrays.outputCount
                if let coefficients, !epilogue.pools {
                    // What follows the normalization has been undone while summing.
                    return sweeps.inputGradient(
                        ofImage: dy, x: arrays.convolved(sample), mean: coefficients.mean,
                        a: coefficients.scale, b: coefficients.slope, c: coefficients.shift,
                        into: patch)
                }
                epilogue.backward(
                    outputGradient: dy, output: arrays.output(sample), codes: arrays.codes(sample),
                    mask: arrays.mask(sample), into: patch, sums: biasSums)
                guard let coefficients else { return }
                sweeps.inputGradient(
                    patch, x: arrays.convolved(sample), mean: coefficients.mean,
                    a: coefficients.scale, b: coefficients.slope, c: coefficients.shift,
                    into: patch)
            }
        }
    }

    func collectGradients(_ pass: BackwardPass) {
        let sums = pass.allSums
        convolution.finish(sums, into: pass.weightGradient(0), pool: pass.forward.pool)
        guard layer.bias else { return }
        if sumsBias {
            sums.dropFirst(biasOffset).collect(
                count: layer.filters, into: pass.weightGradient(1), pool: pass.forward.pool)
        } else {
            // What is added to all pixels of a channel is subtracted again with the mean.
            pass.weightGradient(1).update(repeating: 0, count: layer.filters)
        }
    }

    // MARK: - Normalization of a batch

    private func forwardMeasuring(_ pass: ForwardPass, _ normalization: BatchNorm) {
        pass.forEachWorker(with: (self, pass)) { context, worker, samples in
            let (block, pass) = context
            let arrays = Arrays(block, pass)
            let sweeps = block.sweeps
            block.convolve(pass, samples, worker) { patch, sample in
                sweeps.measure(
                    patch, into: arrays.convolved(sample), moments: arrays.moments(sample))
            }
        }
        let coefficients = BatchNorm.Coefficients(pass.batchMemory, channels: layer.filters)
        normalization.settle(
            pass, moments: Arrays(self, pass).moments(0), stride: momentStride(pass),
            pixels: shape.outputPixels, gamma: pass.weights(firstNormalizationParameter),
            beta: pass.weights(firstNormalizationParameter + 1),
            bias: layer.bias ? pass.weights(1) : nil, into: coefficients)
        pass.forEachWorker(with: (self, pass, coefficients)) { context, _, samples in
            let (block, pass, coefficients) = context
            let arrays = Arrays(block, pass)
            for sample in samples {
                block.forEachRowPair(of: arrays.convolved(sample)) { patch in
                    block.epilogue.forward(
                        patch, scale: coefficients.scale, shift: coefficients.shift,
                        output: arrays.output(sample), codes: arrays.codes(sample),
                        mask: arrays.mask(sample))
                }
            }
        }
    }

    private func sumGradients(_ pass: BackwardPass, _ normalization: BatchNorm) {
        let coefficients = BatchNorm.Coefficients(
            pass.forward.batchMemory, channels: layer.filters)
        pass.forward.forEachWorker(with: (self, pass, coefficients)) { context, worker, samples in
            let (block, pass, coefficients) = context
            let arrays = Arrays(block, pass.forward)
            for sample in samples {
                let dy = pass.dy + sample * arrays.outputCount
                func addSums(of patch: OutputPatch) {
                    block.epilogue.backward(
                        outputGradient: dy, output: arrays.output(sample),
                        codes: arrays.codes(sample), mask: arrays.mask(sample), into: patch,
                        sums: nil)
                    block.sweeps.addGradientSums(
                        patch, x: arrays.convolved(sample), mean: coefficients.mean,
                        to: arrays.moments(sample))
                }
                if block.pools {
                    block.shape.forEachBand(
                        of: 1, rows: 2, in: pass.forward.workerMemory(worker), addSums)
                } else {
                    // Over the gradient of the output, which nobody needs after that.
                    block.forEachRowPair(of: UnsafeMutablePointer(mutating: dy), addSums)
                }
            }
        }
        normalization.settleGradients(
            pass, sums: Arrays(self, pass.forward).moments(0), stride: momentStride(pass.forward),
            pixels: shape.outputPixels, firstParameter: firstNormalizationParameter, coefficients)
    }

    /// The distance in floats from a sample's moments to the next one's.
    private func momentStride(_ pass: ForwardPass) -> Int {
        pass.plan.keptBytesPerSample / MemoryLayout<Float>.stride
    }

    /// Calls `body` with patches of two rows that cover an image of the convolution's output: few
    /// enough to stay in the first-level cache.
    private func forEachRowPair(
        of image: UnsafeMutablePointer<Float>, _ body: (OutputPatch) -> Void
    ) {
        let rowStride = shape.outputWidth * shape.outputChannels
        for row in stride(from: 0, to: shape.outputHeight, by: 2) {
            body(
                OutputPatch(
                    start: image + row * rowStride, rowStride: rowStride,
                    pixelStride: shape.outputChannels, image: 0,
                    rows: row..<min(row + 2, shape.outputHeight), columns: 0..<shape.outputWidth))
        }
    }
}
