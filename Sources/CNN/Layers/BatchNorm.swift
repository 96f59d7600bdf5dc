import Kernels
public import Tensor

/// Normalizes each channel over the batch, then scales and shifts it (Ioffe and Szegedy, arXiv
/// 1502.03167): `y = gamma * (x - mean) / √(variance + epsilon) + beta`.
///
/// - input, output: `[batch, height, width, channels]` or `[batch, channels]`
/// - gamma, beta: `[channels]`
/// - mean, variance: `[channels]`, running means that inference uses.
///
/// A batch is normalized by its biased variance; the running variance is of the unbiased ones, as
/// in PyTorch.
public struct BatchNorm: Layer, Hashable {
    /// How much a batch changes the running mean and variance, 0 to 1.
    public var momentum: Float
    /// What is added to the variance, so that constant channels do no harm.
    public var epsilon: Float

    /// Describes a batch normalization.
    public init(momentum: Float = 0.1, epsilon: Float = 1e-5) {
        self.momentum = momentum
        self.epsilon = epsilon
    }

    /// Reads a description; nothing must be there.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            momentum: try values.decodeIfPresent(Float.self, forKey: .momentum) ?? 0.1,
            epsilon: try values.decodeIfPresent(Float.self, forKey: .epsilon) ?? 1e-5)
    }

    /// What the layer makes of its input, and what it needs for that.
    public func plan(_ inputs: [Shape]) throws(ArchitectureError) -> LayerPlan {
        guard let channels = inputs[0].last, inputs[0].elementCount > 0 else {
            throw ArchitectureError("takes [height, width, channels], not \(inputs[0])")
        }
        guard epsilon > 0, momentum >= 0, momentum <= 1 else {
            throw ArchitectureError("needs an epsilon above 0 and a momentum in 0...1")
        }
        var plan = LayerPlan(output: inputs[0])
        plan.parameters = [
            Parameter("gamma", [channels], .ones), Parameter("beta", [channels], .zeros),
        ]
        plan.statistics = [
            Parameter("mean", [channels], .zeros), Parameter("variance", [channels], .ones),
        ]
        plan.multiplyAdds = inputs[0].elementCount
        plan.backwardReads = .input
        plan.keptBytesPerSample = Self.momentCount * channels * MemoryLayout<Float>.stride
        plan.keptFloats = Coefficients.count * channels
        return plan
    }

    /// Computes the output.
    public func forward(_ pass: ForwardPass) {
        let sizes = Sizes(pass)
        let coefficients = Coefficients(pass.batchMemory, channels: sizes.channels)
        let (gamma, beta) = (pass.weights(0), pass.weights(1))
        switch pass.mode {
        case .training:
            pass.forEachWorker(with: (pass, sizes)) { context, _, samples in
                let (pass, sizes) = context
                let moments = pass.sampleMemory(of: Float.self)
                for sample in samples {
                    sizes.sweeps.measure(
                        sizes.patch(of: pass.x, sample), into: nil,
                        moments: moments + sample * Self.momentCount * sizes.channels)
                }
            }
            settle(
                pass, moments: pass.sampleMemory(of: Float.self),
                stride: Self.momentCount * sizes.channels, pixels: sizes.pixels,
                gamma: gamma, beta: beta, into: coefficients)
        case .inference:
            setTransform(
                gamma: gamma, beta: beta, mean: pass.statistics(0), variance: pass.statistics(1),
                channels: sizes.channels,
                scale: coefficients.scale, shift: coefficients.shift)
        }
        pass.forEachWorker(with: (pass, sizes, coefficients)) { context, _, samples in
            let (pass, sizes, coefficients) = context
            for sample in samples {
                sizes.epilogue.forward(
                    sizes.patch(of: pass.x, sample), scale: coefficients.scale,
                    shift: coefficients.shift, output: pass.y + sample * sizes.count, codes: nil,
                    mask: nil)
            }
        }
    }

    /// Computes the gradients.
    public func backward(_ pass: BackwardPass) {
        let sizes = Sizes(pass.forward)
        let coefficients = Coefficients(pass.forward.batchMemory, channels: sizes.channels)
        pass.forward.forEachWorker(with: (pass, sizes, coefficients)) { context, _, samples in
            let (pass, sizes, coefficients) = context
            let sums = pass.forward.sampleMemory(of: Float.self)
            for sample in samples {
                sizes.sweeps.addGradientSums(
                    sizes.patch(of: pass.dy, sample), x: pass.forward.x + sample * sizes.count,
                    mean: coefficients.mean, to: sums + sample * Self.momentCount * sizes.channels)
            }
        }
        settleGradients(
            pass, sums: pass.forward.sampleMemory(of: Float.self),
            stride: Self.momentCount * sizes.channels, pixels: sizes.pixels, firstParameter: 0,
            coefficients)
        guard let dx = pass.dx else { return }
        pass.forward.forEachWorker(with: (pass, sizes, coefficients, dx)) { context, _, samples in
            let (pass, sizes, coefficients, dx) = context
            for sample in samples {
                sizes.sweeps.inputGradient(
                    pass.dy + sample * sizes.count, x: pass.forward.x + sample * sizes.count,
                    mean: coefficients.mean, a: coefficients.scale, b: coefficients.slope,
                    c: coefficients.shift, into: sizes.patch(of: UnsafePointer(dx), sample))
            }
        }
    }

    /// The sizes of an image as the sweeps take it: one row that holds all pixels.
    private struct Sizes {
        let pixels: Int
        let channels: Int
        let sweeps: BatchNormalization
        let epilogue: Epilogue

        init(_ pass: ForwardPass) {
            channels = pass.inputShape().last ?? 1
            pixels = pass.inputShape().elementCount / channels
            sweeps = BatchNormalization(width: pixels, channels: channels)
            epilogue = Epilogue(
                height: 1, width: pixels, channels: channels, negativeSlope: nil, pools: false)
        }

        var count: Int { pixels * channels }

        /// The whole image of a sample.
        func patch(of images: UnsafePointer<Float>, _ sample: Int) -> OutputPatch {
            OutputPatch(
                start: UnsafeMutablePointer(mutating: images) + sample * count, rowStride: count,
                pixelStride: channels, image: sample, rows: 0..<1, columns: 0..<pixels)
        }
    }
}

/// What becomes of the sums over samples; the sums are added up in order of the samples, so that
/// the result does not depend on the number of threads.
extension BatchNorm {
    /// How many floats a sample's moments, and the sums of its gradients, take for each channel.
    static let momentCount = 3

    /// What is the same for all samples of a batch, `[channels]` each.
    struct Coefficients {
        static let count = 5
        let mean: UnsafeMutablePointer<Float>
        let inverseDeviation: UnsafeMutablePointer<Float>
        let scale: UnsafeMutablePointer<Float>
        let slope: UnsafeMutablePointer<Float>
        let shift: UnsafeMutablePointer<Float>

        init(_ start: UnsafeMutablePointer<Float>, channels: Int) {
            mean = start
            inverseDeviation = start + channels
            scale = start + 2 * channels
            slope = start + 3 * channels
            shift = start + 4 * channels
        }
    }

    /// Computes `scale` and `shift`, `[channels]`, of `y = scale * x + shift` for inference; a bias
    /// belongs to the values, but has not been added to `x`.
    func setTransform(
        gamma: UnsafePointer<Float>, beta: UnsafePointer<Float>, mean: UnsafePointer<Float>,
        variance: UnsafePointer<Float>, bias: UnsafePointer<Float>? = nil, channels: Int,
        scale: UnsafeMutablePointer<Float>, shift: UnsafeMutablePointer<Float>
    ) {
        for channel in 0..<channels {
            scale[channel] = gamma[channel] / (variance[channel] + epsilon).squareRoot()
            let center = mean[channel] - (bias?[channel] ?? 0)
            shift[channel] = beta[channel] - center * scale[channel]
        }
    }

    /// Computes mean and deviation of the batch and what follows from them, and moves the running
    /// statistics.
    ///
    /// - Parameters:
    ///   - pass: The pass, whose statistics are the running mean and variance.
    ///   - moments: Each sample's moments; see `BatchNormalization.measure`.
    ///   - stride: The distance in floats from sample to sample.
    ///   - pixels: The number of pixels of a sample.
    ///   - gamma: `[channels]`.
    ///   - beta: `[channels]`.
    ///   - bias: `[channels]`, what belongs to the values but was not measured with them: it moves
    ///     the running mean, and nothing else.
    ///   - coefficients: What is computed.
    func settle(
        _ pass: ForwardPass, moments: UnsafePointer<Float>, stride: Int, pixels: Int,
        gamma: UnsafePointer<Float>, beta: UnsafePointer<Float>, bias: UnsafePointer<Float>? = nil,
        into coefficients: Coefficients
    ) {
        let channels = pass.plan.statistics[0].shape.elementCount
        let values = (gamma, beta, bias, coefficients)
        pass.pool.split(
            channels, grain: 16, with: (self, pass, moments, stride, pixels, values)
        ) { context, _, range in
            let (layer, pass, moments, stride, pixels, values) = context
            let (gamma, beta, bias, coefficients) = values
            let (runningMean, runningVariance) = (pass.statistic(0), pass.statistic(1))
            let elements = Double(pass.batch * pixels)
            let sweeps = BatchNormalization(width: 0, channels: runningMean.count)
            sweeps.merge(
                moments, stride: stride, samples: pass.batch, pixels: pixels, of: range
            ) { channel, mean, squares in
                let inverse = 1 / (squares / elements + Double(layer.epsilon)).squareRoot()
                coefficients.mean[channel] = Float(mean)
                coefficients.inverseDeviation[channel] = Float(inverse)
                coefficients.scale[channel] = gamma[channel] * Float(inverse)
                coefficients.shift[channel] =
                    beta[channel] - Float(mean) * coefficients.scale[channel]
                let unbiased = Float(squares / max(elements - 1, 1))
                let biasedMean = Float(mean) + (bias?[channel] ?? 0)
                runningMean[channel] += layer.momentum * (biasedMean - runningMean[channel])
                runningVariance[channel] += layer.momentum * (unbiased - runningVariance[channel])
            }
        }
    }

    /// Computes the gradients of gamma and beta, and what the gradient of the input is made with:
    /// `dx = scale * dy + slope * (x - mean) + shift`.
    ///
    /// - Parameters:
    ///   - pass: The pass.
    ///   - sums: Each sample's sums; see `BatchNormalization.addGradientSums`.
    ///   - stride: The distance in floats from sample to sample.
    ///   - pixels: The number of pixels of a sample.
    ///   - firstParameter: The place of gamma among the parameters; beta follows.
    ///   - coefficients: Those of the forward pass, which are overwritten.
    func settleGradients(
        _ pass: BackwardPass, sums: UnsafePointer<Float>, stride: Int, pixels: Int,
        firstParameter: Int, _ coefficients: Coefficients
    ) {
        let channels = pass.forward.plan.statistics[0].shape.elementCount
        pass.forward.pool.split(
            channels, grain: 16,
            with: (pass, sums, stride, pixels, firstParameter, coefficients)
        ) { context, _, range in
            let (pass, sums, stride, pixels, firstParameter, coefficients) = context
            let gamma = pass.forward.parameter(firstParameter)
            let gammaGradient = pass.weightGradient(firstParameter)
            let betaGradient = pass.weightGradient(firstParameter + 1)
            let elements = Double(pass.forward.batch * pixels)
            let sweeps = BatchNormalization(width: 0, channels: gamma.count)
            sweeps.addUp(
                sums, stride: stride, samples: pass.forward.batch, of: range
            ) { channel, sum, product in
                let inverse = Double(coefficients.inverseDeviation[channel])
                let scale = Double(gamma[channel]) * inverse
                betaGradient[channel] = Float(sum)
                gammaGradient[channel] = Float(product * inverse)
                coefficients.scale[channel] = Float(scale)
                coefficients.slope[channel] =
                    Float(-scale * inverse * inverse * product / elements)
                coefficients.shift[channel] = Float(-scale * sum / elements)
            }
        }
    }
}
