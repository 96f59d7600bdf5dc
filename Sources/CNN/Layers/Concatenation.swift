import Tensor

/// Several inputs side by side along the last axis; the end of `Branch(.concatenated)`.
struct Concatenation: Layer {
    func plan(_ inputs: [Shape]) throws(ArchitectureError) -> LayerPlan {
        guard inputs.allSatisfy({ $0.rank >= 1 && $0.dropLast() == inputs[0].dropLast() }) else {
            throw ArchitectureError(
                "concatenates arrays that differ in their last axis only, not "
                    + inputs.map(\.description).joined(separator: ", "))
        }
        let channels = inputs.reduce(0) { $0 + ($1.last ?? 0) }
        var plan = LayerPlan(output: Shape(inputs[0].dropLast() + [channels]))
        plan.backwardReads = []
        plan.isSamplewise = true
        return plan
    }

    func forward(_ pass: ForwardPass) {
        pass.forEachWorker(with: pass) { pass, _, samples in
            Self.forEachRow(of: pass, samples) { input, channels, source, target in
                guard let start = pass.input(input).baseAddress else { return }
                (pass.y + target).update(from: start + source, count: channels)
            }
        }
    }

    func backward(_ pass: BackwardPass) {
        pass.forward.forEachWorker(with: pass) { pass, _, samples in
            Self.forEachRow(of: pass.forward, samples) { input, channels, source, target in
                guard let gradient = pass.inputGradient(input)?.baseAddress else { return }
                (gradient + source).update(from: pass.dy + target, count: channels)
            }
        }
    }

    /// Calls `body` with the offsets at which a pixel's channels lie in each input and in the
    /// output.
    private static func forEachRow(
        of pass: ForwardPass, _ samples: Range<Int>,
        _ body: (_ input: Int, _ channels: Int, _ source: Int, _ target: Int) -> Void
    ) {
        let total = pass.plan.output.last ?? 1
        let rows = pass.plan.output.elementCount / max(total, 1)
        var channel = 0
        for input in 0..<pass.inputCount {
            let channels = pass.inputShape(input).last ?? 0
            for row in (samples.lowerBound * rows)..<(samples.upperBound * rows) {
                body(input, channels, row * channels, row * total + channel)
            }
            channel += channels
        }
    }
}
