import CNN
import Foundation
import Tensor
import Testing

struct SharedPredictorTests {
    private func network() throws -> Sequential {
        try Sequential(input: [10, 10, 1], seed: 4) {
            Conv2D(filters: 4, kernel: 3)
            ReLU()
            Flatten()
            Dense(5)
            Softmax()
        }
    }

    private func input(_ index: Int) -> Tensor {
        Tensor((0..<200).map { sin(Float($0 * (index + 1))) }, shape: [2, 10, 10, 1])
    }

    @Test("threads that call at once get what one gets")
    func concurrency() throws {
        let predictor = SharedPredictor(try network(), batchCapacity: 2)
        let expected = (0..<10).map { predictor(input($0)) }
        #expect(expected[0] == predictor.network(input(0)))
        DispatchQueue.concurrentPerform(iterations: 200) { round in
            let index = round % 10
            #expect(predictor(input(index)) == expected[index])
        }
    }

    @Test("a softmax at the end can be left out")
    func logits() throws {
        let network = try network()
        let logits = SharedPredictor(network, batchCapacity: 1, endsAtLogits: true)(input(0))
        #expect(logits.softmax(axis: -1).isApproximatelyEqual(to: network(input(0))))
        #expect(logits.min() < 0)
    }
}
