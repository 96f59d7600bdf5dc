import Kernels
public import Tensor

/// The exponentials of the last axis, divided by their sum: probabilities.
///
/// At the end of a network that is trained by `SoftmaxCrossEntropy`, training leaves it out, as
/// that loss takes logits.
public struct Softmax: Layer, Hashable {
    /// Describes the layer, which has no settings.
    public init() {}

    /// What the layer makes of its input, and what it needs for that.
    public func plan(_ inputs: [Shape]) throws(ArchitectureError) -> LayerPlan {
        guard let classes = inputs[0].last, classes >= 1 else {
            throw ArchitectureError("takes an axis of 1 class or more, not \(inputs[0])")
        }
        var plan = LayerPlan(output: inputs[0])
        plan.backwardReads = .output
        plan.worksInPlace = true
        plan.isSamplewise = true
        return plan
    }

    /// Computes the output.
    public func forward(_ pass: ForwardPass) {
        let softmax = SoftmaxRows(classes: pass.plan.output.last ?? 1)
        softmax.forward(pass.x, rows: pass.output.count / softmax.classes, into: pass.y)
    }

    /// Computes the gradients.
    public func backward(_ pass: BackwardPass) {
        guard let dx = pass.dx else { return }
        let softmax = SoftmaxRows(classes: pass.forward.plan.output.last ?? 1)
        softmax.backward(
            y: pass.forward.y, dy: pass.dy, rows: pass.outputGradient.count / softmax.classes,
            into: dx)
    }
}
