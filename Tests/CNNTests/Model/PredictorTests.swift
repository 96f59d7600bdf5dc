import CNN
import Tensor
import Testing
import _TestSupport

struct PredictorTests {
    private let modules: [any Module] = [
        Conv2D(filters: 3, kernel: 3), BatchNorm(), ReLU(), Dropout(0.5), Flatten(), Dense(4),
        Softmax(),
    ]

    @Test func computesWhatTheOracleDoes() throws {
        try forEvery("batch", [1, 5, 7]) { batch in
            let subject = try Subject(modules, input: [5, 4, 2], batch: batch)
            let expected = subject.oracle(.inference).output(of: subject.referenceInput)
            let input = Tensor(subject.input, shape: Shape(subject.inputShape))
            forEvery("capacity", [1, 3, 7, 64]) { capacity in
                forEvery("threads", [1, 2, 3]) { threads in
                    let predictor = Predictor(
                        subject.network, batchCapacity: capacity, threads: threads)
                    let output = predictor(input)
                    #expect(output.shape == [batch, 4])
                    #expect(
                        deviation(of: output.elements, from: expected.values) <= 1e-5,
                        "\(SweepTrace.description)")
                    #expect(predictor(input) == output, "\(SweepTrace.description)")
                }
            }
            #expect(
                deviation(
                    of: subject.network(input, threads: 2).elements, from: expected.values)
                    <= 1e-5)
        }
    }

    @Test func nothingComesOutOfNothing() throws {
        let network = try Subject(modules, input: [5, 4, 2], batch: 1).network
        #expect(network(Tensor(zeros: [0, 5, 4, 2])).shape == [0, 4])
    }
}
