import Kernels
public import Tensor

/// Sets inputs to zero at random while training, and scales the others by `1 / (1 - rate)`.
///
/// In inference it does nothing (Srivastava et al., "Dropout", JMLR 15, 2014).
public struct Dropout: Layer, Hashable {
    /// The share of inputs that are set to zero, 0 to below 1.
    public var rate: Float

    /// Describes a dropout.
    ///
    /// - Precondition: `rate` is 0 or more and below 1.
    public init(_ rate: Float) {
        require(rate >= 0 && rate < 1, "the rate of Dropout is in 0..<1, not \(rate)")
        self.rate = rate
    }

    /// What the layer makes of its input, and what it needs for that.
    public func plan(_ inputs: [Shape]) throws(ArchitectureError) -> LayerPlan {
        guard rate >= 0, rate < 1 else {
            throw ArchitectureError("the rate of Dropout is in 0..<1, not \(rate)")
        }
        var plan = LayerPlan(output: inputs[0])
        plan.backwardReads = []
        plan.worksInPlace = true
        plan.isSamplewise = true
        return plan
    }

    /// Computes the output.
    public func forward(_ pass: ForwardPass) {
        apply(pass, pass.x, into: pass.y, falls: pass.mode == .training)
    }

    /// Computes the gradients.
    public func backward(_ pass: BackwardPass) {
        guard let dx = pass.dx else { return }
        apply(pass.forward, pass.dy, into: dx, falls: true)
    }

    private func apply(
        _ pass: ForwardPass, _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>,
        falls: Bool
    ) {
        pass.forEachWorker(with: (pass, x, y, rate, falls)) { context, _, samples in
            let (pass, x, y, rate, falls) = context
            let count = pass.plan.output.elementCount
            for sample in samples {
                let start = sample * count
                if falls {
                    mask(rate, of: sample, in: pass).apply(x + start, into: y + start, count: count)
                } else if UnsafePointer(y) != x {
                    (y + start).update(from: x + start, count: count)
                }
            }
        }
    }
}

/// The dropout of one sample of a pass.
///
/// Each sample has its own seed, so that masks depend neither on the number of threads nor on how a
/// batch is divided.
func mask(_ rate: Float, of sample: Int, in pass: ForwardPass) -> DropoutMask {
    var source = RandomSource(seed: pass.seed, UInt64(pass.firstSample + sample))
    return DropoutMask(rate: rate, seed: source.next())
}
