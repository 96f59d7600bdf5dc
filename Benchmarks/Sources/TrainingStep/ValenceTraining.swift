import CNN
import Tensor
import Train

/// The `sequential` network in training: batches of `[64, 48, 48, 1]`, dropout on, Adam with
/// exponential decay, as `peers/keras_training_step.py` has it.
struct ValenceTraining: ~Copyable {
    static let batchSize = 64
    /// The pictures, which come again and again in another order.
    private static let pictureCount = 64 * batchSize

    private var trainer: Trainer
    /// Assembles batches beside the training, as it does in `Trainer.runEpoch`.
    private let loader: BatchLoader

    init(threads: Int) throws {
        let network = try Sequential(.sequential(input: [48, 48, 1], classes: 7), seed: 42)
        let epochs = Epochs(
            SyntheticFaces.dataset(count: Self.pictureCount, seed: 42),
            batchSize: Self.batchSize, preprocessor: try network.facePreprocessor, seed: 42)
        loader = BatchLoader(epochs, range: 0..<Int.max)
        trainer = Trainer(
            network, optimizer: Adam(),
            schedule: .exponentialDecay(initial: 1e-4, rate: 0.96, steps: 100_000),
            batchSize: Self.batchSize, threads: threads, seed: 42)
    }

    /// Trains `steps` batches, their assembly included.
    mutating func run(steps: Int) {
        for _ in 0..<steps {
            guard let batch = loader.next() else { return }
            trainer.step(
                images: tensor(batch.images, [batch.count, 48, 48, 1]),
                targets: tensor(batch.targets, [batch.count, 7]))
        }
    }

    private func tensor(_ elements: UnsafePointer<Float>, _ shape: Shape) -> Tensor {
        Tensor(UnsafeBufferPointer(start: elements, count: shape.elementCount), shape: shape)
    }
}
