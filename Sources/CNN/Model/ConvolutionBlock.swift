import Kernels
import Tensor

/// A convolution and the layers that follow it, computed as one: batch normalization, rectifier,
/// max-pooling by 2 x 2 and dropout, each where the network has it, in this order.
///
/// What a convolution computes goes through the others while it is in the cache, a small patch at a
/// time, and the gradient takes the same way back. Where a batch is to be measured before it can be
/// normalized, in training, the block is computed in two halves: `MeasuredConvolution` and
/// `NormalizedOutput`.
struct ConvolutionBlock: LayerPasses {
    let layer: Conv2D
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

    var shape: ConvolutionShape { convolution.shape }

    var epilogue: Epilogue {
        Epilogue(
            height: shape.outputHeight, width: shape.outputWidth, channels: shape.outputChannels,
            negativeSlope: negativeSlope, pools: pools)
    }

    /// What the block needs; of the parameters, the plan lists those of the convolution only.
    func plan(mode: Mode) -> LayerPlan {
        let epilogue = epilogue
        let isTraining = mode == .training
        var plan = LayerPlan(
            output: [epilogue.outputHeight, epilogue.outputWidth, epilogue.channels])
        plan.parameters = parameters
        plan.multiplyAdds = shape.multiplyAdds
        plan.backwardReads = negativeSlope != nil && !pools ? [.input, .output] : .input
        plan.preparedFloats =
            aligned(convolution.preparedCount(forBackward: isTraining))
            + (normalization == nil ? 0 : 2 * layer.filters)
        plan.scratchFloats = convolution.scratchCount
        plan.sumFloats = biasOffset + (layer.bias ? layer.filters : 0)
        if isTraining, pools { plan.keptBytesPerSample = aligned(epilogue.outputCount) }
        plan.isSamplewise = true
        return plan
    }

    /// The parameters of the convolution.
    var parameters: [Parameter] {
        var parameters = [
            Parameter(
                "kernel", [layer.kernel, layer.kernel, shape.groupInputs, layer.filters],
                layer.initializer, decays: true)
        ]
        if layer.bias { parameters.append(Parameter("bias", [layer.filters], .zeros)) }
        return parameters
    }

    // MARK: - Memory

    /// Where the bias's share of the sums begins, in floats.
    private var biasOffset: Int { aligned(convolution.sumCount) }

    /// Where the scale of a normalization begins in what is prepared, in floats; its shift follows,
    /// and nothing else.
    private func scaleOffset(of plan: LayerPlan) -> Int { plan.preparedFloats - 2 * layer.filters }

    // MARK: - Passes

    func prepare(_ pass: PreparationPass) {
        convolution.prepare(
            filters: pass.weights(0), into: pass.preparedMemory,
            forBackward: pass.mode == .training, pool: pass.pool)
        guard let normalization else { return }
        let scale = pass.preparedMemory + scaleOffset(of: pass.plan)
        normalization.setTransform(
            gamma: pass.weights(firstNormalizationParameter),
            beta: pass.weights(firstNormalizationParameter + 1),
            mean: pass.statistics(0), variance: pass.statistics(1),
            bias: layer.bias ? pass.weights(1) : nil, channels: layer.filters, scale: scale,
            shift: scale + layer.filters)
    }

    /// Where gamma stands among the parameters; beta follows.
    var firstNormalizationParameter: Int { layer.bias ? 2 : 1 }

    func forward(_ pass: ForwardPass) {
        pass.forEachWorker(with: (self, pass)) { context, worker, samples in
            let (block, pass) = context
            let arrays = EpilogueArrays(of: block, pass)
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

    func backward(_ pass: BackwardPass) {
        pass.forward.forEachWorker(with: (self, pass)) { context, worker, samples in
            let (block, pass) = context
            let biasSums =
                block.layer.bias ? pass.workerSums(worker) + block.biasOffset : nil
            let arrays = EpilogueArrays(of: block, pass.forward)
            let epilogue = block.epilogue
            let dy = pass.dy
            block.differentiate(pass, samples, worker) { patch, sample in
                epilogue.backward(
                    outputGradient: dy + sample * arrays.outputCount,
                    output: arrays.output(sample), codes: arrays.codes(sample),
                    mask: arrays.mask(sample), into: patch, sums: biasSums)
            }
        }
    }

    func collectGradients(_ pass: BackwardPass) {
        collectFilterGradient(pass)
        guard layer.bias else { return }
        pass.allSums.dropFirst(biasOffset).collect(
            count: layer.filters, into: pass.weightGradient(1), pool: pass.forward.pool)
    }
}

/// The passes of the convolution itself.
extension ConvolutionBlock {
    /// Calls `body` with all patches of the convolution's output, and the sample each belongs to.
    func convolve(
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

    /// Calls `body` to fill all patches of the gradient of the convolution's output, writes the
    /// gradient of its input, and adds that of the filters to the worker's sums.
    func differentiate(
        _ pass: BackwardPass, _ samples: Range<Int>, _ worker: Int,
        _ body: (_ patch: OutputPatch, _ sample: Int) -> Void
    ) {
        convolution.backward(
            input: pass.forward.x + samples.lowerBound * shape.inputCount,
            images: samples.count, filters: pass.forward.weights(0),
            prepared: pass.forward.preparedMemory, sums: pass.workerSums(worker),
            inputGradient: pass.dx.map { $0 + samples.lowerBound * shape.inputCount },
            scratch: pass.forward.workerMemory(worker)
        ) { patch in
            body(patch, samples.lowerBound + patch.image)
        }
    }

    /// Writes the gradient of the filters from the workers' sums.
    func collectFilterGradient(_ pass: BackwardPass) {
        convolution.finish(
            pass.allSums, into: pass.weightGradient(0), pool: pass.forward.pool)
    }
}
