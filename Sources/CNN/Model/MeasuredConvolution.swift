import Kernels
import Tensor

/// The first half of a block whose batch is normalized: the convolution, whose output is measured
/// on its way to memory; `NormalizedOutput` is the second half.
///
/// The two halves are layers of their own because the whole batch has to be measured before any of
/// it can be normalized, and its gradient summed before any of it can be taken further. Between
/// these two points, each sample depends on itself alone: it is normalized and goes through the next
/// convolution in one segment.
///
/// The gradient of the output is that of what follows the normalization; the normalization is
/// undone here, with the sums of the second half.
struct MeasuredConvolution: LayerPasses {
    let block: ConvolutionBlock
    let normalization: BatchNorm

    private var channels: Int { block.layer.filters }

    private var sweeps: BatchNormalization {
        BatchNormalization(width: block.shape.outputWidth, channels: channels)
    }

    /// What the half needs; of the parameters, the plan lists those of the convolution only.
    func plan() -> LayerPlan {
        let shape = block.shape
        var plan = LayerPlan(output: [shape.outputHeight, shape.outputWidth, channels])
        plan.parameters = block.parameters
        plan.multiplyAdds = shape.multiplyAdds
        plan.preparedFloats = block.convolution.preparedCount(forBackward: true)
        plan.scratchFloats = block.convolution.scratchCount
        plan.sumFloats = block.convolution.sumCount
        plan.keptBytesPerSample = momentStride * MemoryLayout<Float>.stride
        plan.keptFloats = BatchNorm.Coefficients.count * channels
        plan.isSamplewise = true
        plan.finishesBatch = true
        return plan
    }

    /// What the batch is normalized with, and, once its gradient is summed, what undoes it.
    func coefficients(_ pass: ForwardPass) -> BatchNorm.Coefficients {
        BatchNorm.Coefficients(pass.batchMemory, channels: channels)
    }

    /// Where a sample's moments lie; on the way back, the sums of its gradient.
    func moments(_ pass: ForwardPass, _ sample: Int) -> UnsafeMutablePointer<Float> {
        pass.sampleMemory(of: Float.self) + sample * momentStride
    }

    private var momentStride: Int { aligned(BatchNorm.momentCount * channels) }

    func prepare(_ pass: PreparationPass) {
        block.convolution.prepare(
            filters: pass.weights(0), into: pass.preparedMemory, forBackward: true, pool: pass.pool)
    }

    func forward(_ pass: ForwardPass) {
        pass.forEachWorker(with: (self, pass)) { context, worker, samples in
            let (half, pass) = context
            let (sweeps, outputs, count) = (half.sweeps, pass.y, half.block.shape.outputCount)
            half.block.convolve(pass, samples, worker) { patch, sample in
                sweeps.measure(
                    patch, into: outputs + sample * count, moments: half.moments(pass, sample))
            }
        }
    }

    func finishForward(_ pass: ForwardPass) {
        let gamma = pass.weights(block.firstNormalizationParameter)
        let beta = pass.weights(block.firstNormalizationParameter + 1)
        let bias = block.layer.bias ? pass.weights(1) : nil
        let coefficients = coefficients(pass)
        switch pass.mode {
        case .training:
            normalization.settle(
                pass, moments: moments(pass, 0), stride: momentStride,
                pixels: block.shape.outputPixels, gamma: gamma, beta: beta, bias: bias,
                into: coefficients)
        case .inference:
            normalization.setTransform(
                gamma: gamma, beta: beta, mean: pass.statistics(0), variance: pass.statistics(1),
                bias: bias, channels: channels, scale: coefficients.scale,
                shift: coefficients.shift)
        }
    }

    func beginBackward(_ pass: BackwardPass) {
        normalization.settleGradients(
            pass, sums: moments(pass.forward, 0), stride: momentStride,
            pixels: block.shape.outputPixels, firstParameter: block.firstNormalizationParameter,
            coefficients(pass.forward))
    }

    func backward(_ pass: BackwardPass) {
        pass.forward.forEachWorker(with: (self, pass)) { context, worker, samples in
            let (half, pass) = context
            let sweeps = half.sweeps
            let coefficients = half.coefficients(pass.forward)
            let (x, dy, count) = (pass.forward.y, pass.dy, half.block.shape.outputCount)
            half.block.differentiate(pass, samples, worker) { patch, sample in
                sweeps.inputGradient(
                    dy + sample * count, x: x + sample * count, mean: coefficients.mean,
                    a: coefficients.scale, b: coefficients.slope, c: coefficients.shift,
                    into: patch)
            }
        }
    }

    func collectGradients(_ pass: BackwardPass) {
        block.collectFilterGradient(pass)
        guard block.layer.bias else { return }
        // What is added to all pixels of a channel is subtracted again with the mean.
        pass.weightGradient(1).update(repeating: 0, count: channels)
    }
}
