public import Tensor

/// All elements of a sample as one vector, in row-major order.
///
/// - input: `[batch, ...]`
/// - output: `[batch, features]`
public struct Flatten: Layer, Hashable {
    /// Describes the layer, which has no settings.
    public init() {}

    /// What the layer makes of its input, and what it needs for that.
    public func plan(_ inputs: [Shape]) throws(ArchitectureError) -> LayerPlan {
        var plan = LayerPlan(output: [inputs[0].elementCount])
        plan.backwardReads = []
        plan.worksInPlace = true
        plan.isSamplewise = true
        return plan
    }

    /// Computes the output.
    public func forward(_ pass: ForwardPass) {
        copy(pass.input(), to: pass.output)
    }

    /// Computes the gradients.
    public func backward(_ pass: BackwardPass) {
        guard let inputGradient = pass.inputGradient() else { return }
        copy(pass.outputGradient, to: inputGradient)
    }

    /// Elements lie as they should already; only where they lie may differ.
    private func copy(
        _ source: UnsafeBufferPointer<Float>, to target: UnsafeMutableBufferPointer<Float>
    ) {
        guard source.baseAddress != UnsafePointer(target.baseAddress) else { return }
        _ = target.update(fromContentsOf: source)
    }
}
