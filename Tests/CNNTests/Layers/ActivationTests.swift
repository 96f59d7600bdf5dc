import CNN
import Tensor
import Testing
import _TestSupport

/// `ReLU`, `LeakyReLU`, `SiLU`, `Sigmoid`, `Tanh` and `Softmax`.
struct ActivationTests {
    private static let shapes: [Shape] = [[1], [7], [19], [1, 1, 1], [3, 2, 9]]

    private static let layers: [any Layer] = [
        ReLU(), LeakyReLU(), LeakyReLU(slope: 0.3), SiLU(), Sigmoid(), Tanh(), Softmax(),
    ]

    @Test func gradients() throws {
        try forEvery("layer", Self.layers) { layer in
            try forEvery("shape", Self.shapes) { shape in
                try forEvery("batch", [1, 2, 5]) { batch in
                    expectGradients(
                        of: try Subject([layer], input: shape, batch: batch, separated: true))
                }
            }
        }
    }

    /// Behind another layer, activations work in the memory of their input where they may.
    @Test func gradientsInPlace() throws {
        try forEvery("layer", Self.layers) { layer in
            try forEvery("next", Self.layers) { next in
                expectGradients(
                    of: try Subject(
                        [Dense(9), layer, next, Dense(4)], input: [5], batch: 3, seed: 3))
            }
        }
    }

    @Test func softmaxStaysFiniteOnLargeLogits() throws {
        let network = try Sequential(input: [3], seed: 1) { Softmax() }
        let output = network(Tensor([500, 1000, 998], shape: [1, 3]))
        let tail = 0.1353352832 / 1.1353352832
        #expect(deviation(of: output.elements, from: [0, 1 - tail, tail]) <= 1e-6)
    }

    @Test func refusesANegativeSlopeFromAFile() {
        var layer = LeakyReLU()
        layer.slope = -1
        #expect(throws: ArchitectureError.self) { try layer.plan([[3]]) }
    }
}
