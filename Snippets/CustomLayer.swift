import CNN
import Foundation
import Tensor

/// Multiplies each channel by a factor that is learned.
struct ChannelScale: Layer {
    func plan(_ inputs: [Shape]) throws(ArchitectureError) -> LayerPlan {
        guard let channels = inputs[0].last else {
            throw ArchitectureError("ChannelScale takes [..., channels], not \(inputs[0])")
        }
        var plan = LayerPlan(output: inputs[0])
        plan.parameters = [Parameter("scale", [channels], .ones)]
        plan.backwardReads = .input
        return plan
    }

    func forward(_ pass: ForwardPass) {
        let (x, scale, y) = (pass.input(), pass.parameter(0), pass.output)
        for index in x.indices {
            y[index] = x[index] * scale[index % scale.count]
        }
    }

    func backward(_ pass: BackwardPass) {
        let (x, scale) = (pass.forward.input(), pass.forward.parameter(0))
        let (dx, dscale) = (pass.inputGradient(), pass.parameterGradient(0))
        dscale.update(repeating: 0)
        for (index, dy) in pass.outputGradient.enumerated() {
            let channel = index % scale.count
            dx?[index] = dy * scale[channel]
            dscale[channel] += dy * x[index]
        }
    }
}

let network = try Sequential(input: [48, 48, 1], seed: 42) {
    Conv2D(filters: 8, kernel: 3)
    ChannelScale()
    GlobalAveragePool()
    Dense(7)
}
let weights = FileManager.default.temporaryDirectory.appending(path: "scaled.safetensors")
try network.save(to: weights)

var registry = LayerRegistry.builtIn
registry.register(ChannelScale.self)
print(try Sequential(contentsOf: weights, registry: registry).summary)
