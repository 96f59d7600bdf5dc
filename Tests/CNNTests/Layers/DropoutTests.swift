import CNN
import Tensor
import Testing
import _TestSupport

struct DropoutTests {
    /// What the layer multiplies its input by, read off its output.
    private func mask(of subject: Subject, _ step: Subject.Step) -> [Double] {
        zip(step.output, subject.input).map { Double($0 / $1) }
    }

    @Test func forwardAndBackwardApplyTheSameMask() throws {
        try forEvery("shape", [[1], [7], [3, 5, 9]] as [Shape]) { shape in
            try forEvery("rate", [0, 0.25, 0.5, 0.9] as [Float]) { rate in
                try forEvery("threads", [1, 2, 3]) { threads in
                    let subject = try Subject(
                        [Dropout(rate)], input: shape, batch: 3, separated: true)
                    let step = subject.step(threads: threads)
                    let mask = mask(of: subject, step)
                    let scale = 1 / (1 - Double(rate))
                    #expect(
                        mask.allSatisfy { $0 == 0 || abs($0 - scale) < 1e-5 * scale },
                        "\(SweepTrace.description)")
                    let gradient = ReferenceArray(
                        subject.outputGradient, shape: [subject.outputGradient.count])
                    let expected = Oracle.masked(gradient, by: mask)
                    #expect(
                        deviation(of: step.inputGradient, from: expected.values) <= 1e-5,
                        "\(SweepTrace.description)")
                }
            }
        }
    }

    @Test func theMaskFollowsTheSeedAndNotTheThreads() throws {
        let subject = try Subject([Dropout(0.5)], input: [200], batch: 5, separated: true)
        let output = subject.step(threads: 1, seed: 8).output
        #expect(subject.step(threads: 3, seed: 8).output == output)
        #expect(subject.step(threads: 1, seed: 9).output != output)
    }

    @Test func samplesAndLayersHaveMasksOfTheirOwn() throws {
        let subject = try Subject([Dropout(0.5)], input: [200], batch: 2, separated: true)
        let mask = mask(of: subject, subject.step())
        #expect(mask[..<200] != mask[200...])

        let twice = try Subject([Dropout(0.5), Dropout(0.5)], input: [2000], batch: 1)
        let kept = twice.step().output.count { $0 != 0 }
        // A quarter of 2,000 passes both; one and the same mask twice would let half pass.
        #expect(abs(kept - 500) < 100)
    }

    @Test func inferenceLeavesAllAsItIs() throws {
        let subject = try Subject([Dense(4), Dropout(0.9)], input: [5], batch: 3)
        let expected = subject.oracle().output(of: subject.referenceInput)
        for workspaceMode in [Mode.training, .inference] {
            let step = subject.step(mode: .inference, workspaceMode: workspaceMode)
            #expect(deviation(of: step.output, from: expected.values) <= 1e-5)
        }
    }

    @Test func refusesARateFromAFileThatMakesNoSense() {
        var layer = Dropout(0)
        layer.rate = 1
        #expect(throws: ArchitectureError.self) { try layer.plan([[3]]) }
    }
}
