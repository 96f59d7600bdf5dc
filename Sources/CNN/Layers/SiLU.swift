import Kernels
public import Tensor

/// `x * sigmoid(x)` of inputs of any shape (Hendrycks and Gimpel, arXiv 1606.08415).
public struct SiLU: Layer, Hashable {
    /// Describes the layer, which has no settings.
    public init() {}

    /// What the layer makes of its input, and what it needs for that.
    public func plan(_ inputs: [Shape]) throws(ArchitectureError) -> LayerPlan {
        var plan = elementwisePlan(inputs)
        // Its output does not tell its input: it falls before it rises.
        plan.backwardReads = .input
        return plan
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

extension SiLU: ElementwiseLayer {
    var activation: Activation { .silu }
}
