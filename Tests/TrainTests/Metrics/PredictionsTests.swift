import CNN
import Foundation
import Testing

@testable import Train

struct PredictionsTests {
    private func predictions(_ logits: [Float], labels: [Int32] = [0, 1]) -> Predictions {
        Predictions(classNames: ["a", "b"], name: "drawn", labels: labels, logits: logits)
    }

    @Test("a vote is the mean of the probabilities")
    func vote() {
        let one: [Float] = [Float(log(3.0)), 0, 0, 0]
        let other: [Float] = [0, Float(log(9.0)), 0, Float(log(4.0))]
        let vote = Predictions(vote: [predictions(one), predictions(other)])
        // Of 3/4 and 1/10, and of 1/2 and 1/5.
        let expected = [0.425, 0.575, 0.35, 0.65]
        for (logit, expected) in zip(vote.logits, expected) {
            #expect(abs(exp(Double(logit)) - expected) < 1e-6)
        }
        #expect(vote.evaluation().accuracy == 0.5)
        #expect(predictions(one).evaluation().accuracy == 0.5)
        #expect(predictions(one, labels: [0, 0]).accuracy == 1)
        #expect(predictions(one, labels: [1, 0]).accuracy == 0.5)
    }

    @Test("one member is the vote itself")
    func single() {
        let logits: [Float] = [3, -2, 1, 5]
        #expect(Predictions(vote: [predictions(logits)]).logits == logits)
    }

    @Test("the loss is the mean cross-entropy")
    func loss() {
        let evaluation = predictions([Float(log(3.0)), 0, 0, 0]).evaluation()
        #expect(abs(evaluation.loss - (log(4.0 / 3) + log(2.0)) / 2) < 1e-6)
        #expect(evaluation.reliability?.best.fittedOn == "drawn")
    }

    @Test("a selection keeps rows and labels together")
    func selection() {
        let all = predictions([1, 0, 0, 2, 3, 0], labels: [0, 1, 1])
        let some = all.selecting([2, 0])
        #expect(some.labels == [1, 0])
        #expect(some.logits == [3, 0, 1, 0])
    }

    @Test("members that saw other pictures trap")
    func mismatch() async {
        await #expect(processExitsWith: .failure) {
            let one = Predictions(classNames: ["a"], name: "", labels: [0], logits: [0])
            let other = Predictions(classNames: ["a"], name: "", labels: [0, 0], logits: [0, 0])
            _ = Predictions(vote: [one, other])
        }
    }
}
