import Kernels
import Tensor

/// The sum of several inputs of one shape; the end of `Residual` and `Branch(.added)`.
struct Sum: Layer {
    func plan(_ inputs: [Shape]) throws(ArchitectureError) -> LayerPlan {
        guard inputs.allSatisfy({ $0 == inputs[0] }) else {
            throw ArchitectureError(
                "adds arrays of one shape, not \(inputs.map(\.description).joined(separator: ", "))"
            )
        }
        var plan = LayerPlan(output: inputs[0])
        plan.backwardReads = []
        plan.isSamplewise = true
        return plan
    }

    func forward(_ pass: ForwardPass) {
        pass.forEachWorker(with: pass) { pass, _, samples in
            let count = pass.plan.output.elementCount
            let start = samples.lowerBound * count
            for index in 0..<pass.inputCount {
                guard let input = pass.input(index).baseAddress else { continue }
                let output = pass.y
                if index == 0 {
                    (output + start).update(from: input + start, count: samples.count * count)
                } else {
                    accumulate(input + start, into: output + start, count: samples.count * count)
                }
            }
        }
    }

    func backward(_ pass: BackwardPass) {
        for index in 0..<pass.forward.inputCount {
            _ = pass.inputGradient(index)?.update(fromContentsOf: pass.outputGradient)
        }
    }
}
