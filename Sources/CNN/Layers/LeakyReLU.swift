import Kernels
public import Tensor

/// A rectifier that lets a little of the negative inputs through: `x` where it is positive,
/// otherwise `slope * x` (Maas, Hannun and Ng, ICML 2013).
public struct LeakyReLU: Layer, Hashable {
    /// What negative inputs are multiplied by.
    public var slope: Float

    /// Describes a rectifier.
    ///
    /// - Precondition: `slope` is not negative: the sign of the output tells the gradient.
    public init(slope: Float = 0.01) {
        require(slope >= 0, "the slope of LeakyReLU is not negative: \(slope)")
        self.slope = slope
    }

    /// Reads a description; nothing must be there.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        slope = try values.decodeIfPresent(Float.self, forKey: .slope) ?? 0.01
    }

    /// What the layer makes of its input, and what it needs for that.
    public func plan(_ inputs: [Shape]) throws(ArchitectureError) -> LayerPlan {
        guard slope >= 0 else {
            throw ArchitectureError("the slope of LeakyReLU is not negative: \(slope)")
        }
        return elementwisePlan(inputs)
    }

    /// Computes the output.
    public func forward(_ pass: ForwardPass) {
        elementwiseForward(pass)
    }

    /// Computes the gradients.
    public func backward(_ pass: BackwardPass) {
        elementwiseBackward(pass)
    }
}

extension LeakyReLU: ElementwiseLayer {
    var activation: Activation { .leakyReLU(slope: slope) }
}
