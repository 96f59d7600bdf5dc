import Kernels
import Tensor

/// A layer that applies one function to every element.
protocol ElementwiseLayer: Layer {
    var activation: Activation { get }
}

extension ElementwiseLayer {
    func elementwisePlan(_ inputs: [Shape]) -> LayerPlan {
        var plan = LayerPlan(output: inputs[0])
        plan.backwardReads = .output
        plan.worksInPlace = true
        plan.isSamplewise = true
        return plan
    }

    func elementwiseForward(_ pass: ForwardPass) {
        pass.forEachWorker(with: (pass, activation)) { context, _, samples in
            let (pass, activation) = context
            let count = pass.plan.output.elementCount
            let start = samples.lowerBound * count
            activation.forward(
                pass.x + start, into: pass.y + start, count: samples.count * count)
        }
    }

    func elementwiseBackward(_ pass: BackwardPass) {
        guard let dx = pass.dx else { return }
        pass.forward.forEachWorker(with: (pass, activation, dx)) { context, _, samples in
            let (pass, activation, dx) = context
            let count = pass.forward.plan.output.elementCount
            let start = samples.lowerBound * count
            activation.backward(
                x: pass.forward.x + start, y: pass.forward.y + start, dy: pass.dy + start,
                into: dx + start, count: samples.count * count)
        }
    }
}
