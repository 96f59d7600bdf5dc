import CNN
import Testing
import _TestSupport

/// Expects that modules compute what their oracle does, and that their backward pass gives the
/// central differences of the oracle; with 1, 2, 3 and 5 threads, and the same bits in every run.
func expectGradients(
    of subject: Subject, within tolerance: Double = 2e-5,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    let oracle = subject.oracle()
    let output = oracle.output(of: subject.referenceInput).values
    let input = subject.input.map(Double.init)
    let inputGradient = centralDifference(at: input) { subject.loss(oracle, $0) }
    let parameterGradients = centralDifference(at: oracle.parameters) { parameters in
        var moved = oracle
        moved.parameters = parameters
        return subject.loss(moved, input)
    }
    for threads in [1, 2, 3, 5] {
        let step = subject.step(threads: threads)
        let comparisons = [
            ("output", deviation(of: step.output, from: output)),
            ("gradient of the input", deviation(of: step.inputGradient, from: inputGradient)),
            (
                "gradients of the parameters",
                deviation(of: step.parameterGradients, from: parameterGradients)
            ),
        ]
        for (name, deviation) in comparisons {
            #expect(
                deviation <= tolerance,
                "\(name), \(threads) threads, \(SweepTrace.description)",
                sourceLocation: sourceLocation)
        }
        let isSame = isIdentical(step.all, subject.step(threads: threads, isPoisoned: true).all)
        #expect(
            isSame,
            "another run, \(threads) threads, \(SweepTrace.description)",
            sourceLocation: sourceLocation)
    }
}
