import CNN
import Tensor
import Testing
import Train

/// The whole of training, layer by layer and step by step, against Keras.
@Suite("Training compared with Keras")
struct KerasComparisonTests {
    let reference: KerasReference
    /// `sequential` without dropout, with the weights that Keras started from.
    let network: Sequential

    init() throws {
        reference = try KerasReference.load()
        var network = try Sequential(input: [48, 48, 1], seed: 0) {
            Conv2D(filters: 32, kernel: 3)
            ReLU()
            Conv2D(filters: 64, kernel: 3)
            ReLU()
            MaxPool(2)
            Conv2D(filters: 128, kernel: 3)
            ReLU()
            MaxPool(2)
            Conv2D(filters: 128, kernel: 3)
            ReLU()
            MaxPool(2)
            Flatten()
            Dense(1_024)
            ReLU()
            Dense(KerasReference.classes)
        }
        try #require(network.parameterNames.count == reference.parameters.count)
        for (index, name) in network.parameterNames.enumerated() {
            let shape = reference.parameters[index].shape
            network[name] = Tensor(
                KerasReference.initialWeights(tensor: index, shape: shape), shape: Shape(shape))
        }
        self.network = network
    }

    /// A batch as the network sees it.
    private func batch(_ number: Int) -> (images: Tensor, targets: Tensor) {
        let images = KerasReference.pictures(batch: number).map { Float($0) / 255 }
        var targets = Tensor(zeros: [KerasReference.batchSize, KerasReference.classes])
        for (row, label) in KerasReference.labels(batch: number).enumerated() {
            targets[row, Int(label)] = 1
        }
        return (Tensor(images, shape: [KerasReference.batchSize, 48, 48, 1]), targets)
    }

    @Test("the first logits are the same")
    func forward() throws {
        let expected = reference.logits.flatMap { $0 }
        let logits = network(batch(0).images)
        let largest = try #require(expected.map(abs).max())
        for (logit, keras) in zip(logits.elements, expected) {
            #expect(abs(Double(logit) - keras) < 1e-5 * largest)
        }
    }

    /// How far a loss may be from that of Keras, as a fraction.
    ///
    /// Rounding grows from step to step: where two activations under a max-pool differ in their
    /// last digit only, rounding decides which of them learns, and Adam makes large steps out of
    /// small gradients too. So the first steps, where it is still small, show mistakes best. In the
    /// end Keras is 5e-5 away from itself in float64, and Valence up to 1.03e-4 from both with
    /// OpenBLAS's kernels for two kinds of processors.
    private func tolerance(step: Int) -> Double { step < 10 ? 1e-5 : 2e-4 }

    @Test("twenty steps have the same losses, and end in the same weights")
    func training() throws {
        var trainer = Trainer(
            network, optimizer: Adam(),
            schedule: .exponentialDecay(initial: 1e-4, rate: 0.96, steps: 100_000),
            batchSize: KerasReference.batchSize, threads: 1, seed: 0)
        for step in 0..<KerasReference.steps {
            let (images, targets) = batch(step)
            let loss = trainer.step(images: images, targets: targets).meanLoss
            for expected in [reference.losses[step], reference.float64Losses[step]] {
                #expect(abs(loss / expected - 1) < tolerance(step: step), "step \(step)")
            }
        }
        let trained = trainer.network
        for (name, expected) in zip(trained.parameterNames, reference.parameters) {
            let weights = try #require(trained[name]).elements.map(Double.init)
            let norm = weights.reduce(0) { $0 + $1 * $1 }.squareRoot()
            // Biases are sums of twenty steps, some of which have the sign of a rounding error.
            let tolerance = expected.shape.count == 1 ? 1e-2 : 3e-5
            #expect(abs(norm / expected.norm - 1) < tolerance, "\(name)")
        }
    }
}
