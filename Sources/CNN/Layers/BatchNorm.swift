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
        // Two sums a sample, which are added up in order of the samples.
        plan.keptBytesPerSample = 2 * channels * MemoryLayout<Float>.stride
        plan.keptFloats = Coefficients.count * channels
        return plan
    }

    /// Computes the output.
    public func forward(_ pass: ForwardPass) {
        let sweeps = BatchNormalization(of: pass)
        let coefficients = Coefficients(pass, channels: sweeps.channels)
        switch pass.mode {
        case .training: measure(pass, sweeps, coefficients)
        case .inference:
            coefficients.setMoments(mean: pass.statistic(0), variance: pass.statistic(1), epsilon)
        }
        let gamma = pass.parameter(0)
        let beta = pass.parameter(1)
        for channel in 0..<sweeps.channels {
            coefficients.scale[channel] = gamma[channel] * coefficients.inverseDeviation[channel]
            coefficients.shift[channel] =
                beta[channel] - coefficients.mean[channel] * coefficients.scale[channel]
        }
        pass.forEachWorker(with: (pass, sweeps, coefficients)) { context, _, samples in
            let (pass, sweeps, coefficients) = context
            for sample in samples {
                let start = sample * sweeps.count
                sweeps.affine(
                    pass.x + start, scale: coefficients.scale, shift: coefficients.shift,
                    into: pass.y + start)
            }
        }
    }

    /// Computes the gradients.
    public func backward(_ pass: BackwardPass) {
        let sums = pass.forward.sampleMemory(of: Float.self)
        let sweeps = BatchNormalization(of: pass.forward)
        let channels = sweeps.channels
        let coefficients = Coefficients(pass.forward, channels: channels)
        pass.forward.forEachWorker(with: (pass, sweeps, coefficients, sums)) {
            context, _, samples in
            let (pass, sweeps, coefficients, sums) = context
            for sample in samples {
                let start = sample * sweeps.count
                let sums = sums + sample * 2 * sweeps.channels
                sweeps.gradientSums(
                    x: pass.forward.x + start, dy: pass.dy + start, mean: coefficients.mean,
                    sums: sums, products: sums + sweeps.channels)
            }
        }

        let gammaGradient = pass.parameterGradient(0)
        let betaGradient = pass.parameterGradient(1)
        let gamma = pass.forward.parameter(0)
        let elements = Double(pass.forward.batch * sweeps.rows)
        for channel in 0..<channels {
            let sum = total(sums, channel, of: pass.forward, stride: 2 * channels)
            let product = total(sums, channels + channel, of: pass.forward, stride: 2 * channels)
            let inverse = Double(coefficients.inverseDeviation[channel])
            let scale = Double(gamma[channel]) * inverse
            betaGradient[channel] = Float(sum)
            gammaGradient[channel] = Float(product * inverse)
            coefficients.scale[channel] = Float(scale)
            coefficients.slope[channel] = Float(-scale * inverse * inverse * product / elements)
            coefficients.shift[channel] = Float(-scale * sum / elements)
        }
        guard let dx = pass.dx else { return }
        pass.forward.forEachWorker(with: (pass, sweeps, coefficients, dx)) { context, _, samples in
            let (pass, sweeps, coefficients, dx) = context
            for sample in samples {
                let start = sample * sweeps.count
                sweeps.inputGradient(
                    x: pass.forward.x + start, dy: pass.dy + start, mean: coefficients.mean,
                    a: coefficients.scale, b: coefficients.slope, c: coefficients.shift,
                    into: dx + start)
            }
        }
    }

    /// Measures mean and variance of the batch, and moves the running ones.
    private func measure(
        _ pass: ForwardPass, _ sweeps: BatchNormalization, _ coefficients: Coefficients
    ) {
        let sums = pass.sampleMemory(of: Float.self)
        let channels = sweeps.channels
        let elements = Double(pass.batch * sweeps.rows)
        pass.forEachWorker(with: (pass, sweeps, sums)) { context, _, samples in
            let (pass, sweeps, sums) = context
            for sample in samples {
                sweeps.sum(
                    pass.x + sample * sweeps.count, into: sums + sample * sweeps.channels)
            }
        }
        for channel in 0..<channels {
            let sum = total(sums, channel, of: pass, stride: channels)
            coefficients.mean[channel] = Float(sum / elements)
        }
        pass.forEachWorker(with: (pass, sweeps, coefficients, sums)) { context, _, samples in
            let (pass, sweeps, coefficients, sums) = context
            for sample in samples {
                sweeps.sumOfSquares(
                    pass.x + sample * sweeps.count, mean: coefficients.mean,
                    into: sums + sample * sweeps.channels)
            }
        }
        let mean = pass.statistic(0)
        let variance = pass.statistic(1)
        for channel in 0..<channels {
            let squares = total(sums, channel, of: pass, stride: channels)
            let unbiased = Float(squares / max(elements - 1, 1))
            coefficients.inverseDeviation[channel] =
                Float(1 / (squares / elements + Double(epsilon)).squareRoot())
            mean[channel] += momentum * (coefficients.mean[channel] - mean[channel])
            variance[channel] += momentum * (unbiased - variance[channel])
        }
    }

    /// The sum of the samples' sums, in order of the samples.
    private func total(
        _ sums: UnsafePointer<Float>, _ index: Int, of pass: ForwardPass, stride: Int
    ) -> Double {
        var total = 0.0
        for sample in 0..<pass.batch { total += Double(sums[sample * stride + index]) }
        return total
    }

    /// What is the same for all samples of a batch, `[channels]` each.
    private struct Coefficients {
        static let count = 5
        let mean: UnsafeMutablePointer<Float>
        let inverseDeviation: UnsafeMutablePointer<Float>
        let scale: UnsafeMutablePointer<Float>
        let slope: UnsafeMutablePointer<Float>
        let shift: UnsafeMutablePointer<Float>
        private let channels: Int

        init(_ pass: ForwardPass, channels: Int) {
            let start = pass.batchMemory
            self.channels = channels
            mean = start
            inverseDeviation = start + channels
            scale = start + 2 * channels
            slope = start + 3 * channels
            shift = start + 4 * channels
        }

        func setMoments(
            mean: UnsafeMutableBufferPointer<Float>, variance: UnsafeMutableBufferPointer<Float>,
            _ epsilon: Float
        ) {
            for channel in 0..<channels {
                self.mean[channel] = mean[channel]
                inverseDeviation[channel] = 1 / (variance[channel] + epsilon).squareRoot()
            }
        }
    }
}

extension BatchNormalization {
    fileprivate init(of pass: ForwardPass) {
        let channels = pass.inputShape().last ?? 1
        self.init(rows: pass.inputShape().elementCount / channels, channels: channels)
    }
}
