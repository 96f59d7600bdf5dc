import CNN
import Tensor
import Testing
import _TestSupport

struct BatchNormTests {
    @Test(arguments: [1, 3, 8, 17])
    func gradients(channels: Int) throws {
        try forEvery("image", [[channels], [1, 1, channels], [3, 2, channels]]) { image in
            try forEvery("batch", [2, 5]) { batch in
                expectGradients(
                    of: try Subject([BatchNorm()], input: Shape(image), batch: batch),
                    within: 2e-4)
            }
        }
    }

    @Test func gradientsOfOneImage() throws {
        expectGradients(
            of: try Subject([BatchNorm(epsilon: 1e-3)], input: [5, 3, 9], batch: 1), within: 2e-4)
    }

    @Test func inferenceUsesTheRunningStatistics() throws {
        try forEvery("batch", [1, 4]) { batch in
            let subject = try Subject([BatchNorm()], input: [3, 5, 9], batch: batch)
            let expected = subject.oracle(.inference).output(of: subject.referenceInput)
            forEvery("workspace", [Mode.training, .inference]) { workspaceMode in
                let step = subject.step(
                    threads: 2, mode: .inference, workspaceMode: workspaceMode)
                #expect(
                    deviation(of: step.output, from: expected.values) <= 1e-5,
                    "\(SweepTrace.description)")
                #expect(step.statistics == subject.network.statistics.elements)
            }
        }
    }

    @Test func trainingMovesTheRunningStatistics() throws {
        let layer = BatchNorm(momentum: 0.25)
        let subject = try Subject([layer], input: [3, 2, 5], batch: 4)
        let moments = Oracle.moments(subject.referenceInput)
        let count = 24.0
        let old = subject.network.statistics.elements.map(Double.init)
        let expected =
            moments.mean.indices.map { 0.75 * old[$0] + 0.25 * moments.mean[$0] }
            + moments.variance.indices.map {
                0.75 * old[5 + $0] + 0.25 * moments.variance[$0] * count / (count - 1)
            }
        #expect(deviation(of: subject.step().statistics, from: expected) <= 1e-6)
    }

    /// The difference of two large sums would leave nothing of such a variance.
    @Test func keepsASmallVarianceOnALargeMean() throws {
        var subject = try Subject([BatchNorm()], input: [4, 4, 3], batch: 3)
        subject.input = subject.input.map { 1000 + $0 }
        let expected = subject.oracle().output(of: subject.referenceInput)
        #expect(deviation(of: subject.step().output, from: expected.values) <= 1e-3)
    }

    @Test func beginsAsTheIdentityOfStandardizedInput() throws {
        let network = try Sequential(input: [2], seed: 1) { BatchNorm() }
        #expect(network["batchnorm_1/gamma"]?.elements == [1, 1])
        #expect(network["batchnorm_1/beta"]?.elements == [0, 0])
        #expect(network["batchnorm_1/mean"]?.elements == [0, 0])
        #expect(network["batchnorm_1/variance"]?.elements == [1, 1])
    }

    @Test(arguments: [BatchNorm(momentum: 1.5), BatchNorm(momentum: -0.1), BatchNorm(epsilon: 0)])
    func refusesSettingsThatMakeNoSense(layer: BatchNorm) {
        #expect(throws: ArchitectureError.self) { try layer.plan([[3]]) }
    }
}
