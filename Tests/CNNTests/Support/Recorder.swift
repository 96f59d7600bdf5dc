import CNN
import Tensor

/// A layer that passes its input on and remembers the gradient of its output.
///
/// The network's own input has no gradient. Behind a recorder, what stands first in a test gets
/// one.
struct Recorder: Layer {
    let recording: Recording

    init(into recording: Recording) {
        self.recording = recording
    }

    init(from decoder: any Decoder) throws {
        recording = Recording()
    }

    func encode(to encoder: any Encoder) throws {}

    func plan(_ inputs: [Shape]) throws(ArchitectureError) -> LayerPlan {
        var plan = LayerPlan(output: inputs[0])
        plan.backwardReads = []
        return plan
    }

    func forward(_ pass: ForwardPass) {
        _ = pass.output.update(fromContentsOf: pass.input())
    }

    func backward(_ pass: BackwardPass) {
        recording.gradient = Array(pass.outputGradient)
    }
}

/// What a recorder has seen last.
///
/// Unchecked, because each belongs to one network, which one test runs, one pass at a time.
final class Recording: @unchecked Sendable {
    var gradient: [Float] = []
}
