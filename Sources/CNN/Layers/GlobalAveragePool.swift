import Kernels
public import Tensor

/// The mean over all pixels, channel by channel.
///
/// - input: `[batch, height, width, channels]`
/// - output: `[batch, channels]`
public struct GlobalAveragePool: Layer, Hashable {
    /// Describes the layer, which has no settings.
    public init() {}

    /// What the layer makes of its input, and what it needs for that.
    public func plan(_ inputs: [Shape]) throws(ArchitectureError) -> LayerPlan {
        guard inputs[0].rank == 3, inputs[0].elementCount > 0 else {
            throw ArchitectureError("takes [height, width, channels], not \(inputs[0])")
        }
        var plan = LayerPlan(output: [inputs[0][2]])
        plan.backwardReads = []
        plan.isSamplewise = true
        return plan
    }

    /// Computes the output.
    public func forward(_ pass: ForwardPass) {
        pass.forEachWorker(with: pass) { pass, _, samples in
            let (pixels, channels) = Self.sizes(of: pass)
            let share = 1 / Float(pixels)
            for sample in samples {
                let y = pass.y + sample * channels
                y.update(repeating: 0, count: channels)
                accumulateRows(
                    pass.x + sample * pixels * channels, rows: pixels, columns: channels, into: y)
                for channel in 0..<channels { y[channel] *= share }
            }
        }
    }

    /// Computes the gradients.
    public func backward(_ pass: BackwardPass) {
        guard let dx = pass.dx else { return }
        pass.forward.forEachWorker(with: (pass, dx)) { context, _, samples in
            let (pass, dx) = context
            let (pixels, channels) = Self.sizes(of: pass.forward)
            let share = 1 / Float(pixels)
            for sample in samples {
                let dy = pass.dy + sample * channels
                let dx = dx + sample * pixels * channels
                // The first pixel is a copy of the others.
                for channel in 0..<channels { dx[channel] = dy[channel] * share }
                broadcastRow(dx, rows: pixels - 1, columns: channels, into: dx + channels)
            }
        }
    }

    private static func sizes(of pass: ForwardPass) -> (pixels: Int, channels: Int) {
        let shape = pass.inputShape()
        return (shape[0] * shape[1], shape[2])
    }
}
