import Kernels
public import Tensor

/// The hyperbolic tangent of inputs of any shape.
public struct Tanh: Layer, Hashable {
    /// Describes the layer, which has no settings.
    public init() {}

    /// What the layer makes of its input, and what it needs for that.
    public func plan(_ inputs: [Shape]) throws(ArchitectureError) -> LayerPlan {
        elementwisePlan(inputs)
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

extension Tanh: ElementwiseLayer {
    var activation: Activation { .tanh }
}
