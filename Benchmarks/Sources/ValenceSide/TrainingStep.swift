import CNN
import Train

/// Training steps: forward, backward and the update of the parameters.
final class TrainingStep: Work {
    /// The images that come again and again in another order, as many on every side.
    static let imageCount = 4_096

    let parameterCount: Int
    let multiplyAdds: Int
    private var trainer: Trainer
    private let batchSize: Int
    private let nextBatch: BatchSource

    init(
        _ network: Sequential, optimizer: any Optimizer, schedule: Schedule,
        settings: Settings, batches: @escaping BatchSource
    ) throws {
        parameterCount = network.parameterCount
        multiplyAdds = try network.trainingMultiplyAdds
        trainer = Trainer(
            network, optimizer: optimizer, schedule: schedule, batchSize: settings.batch,
            threads: settings.threads, seed: 42)
        batchSize = settings.batch
        nextBatch = batches
    }

    func run(steps: Int) throws -> Int {
        for _ in 0..<steps {
            let batch = try nextBatch()
            trainer.step(images: batch.images, targets: batch.targets)
        }
        return steps * batchSize
    }
}

extension Sequential {
    /// Multiply-accumulates of a training step for one image: the output, the gradient of the
    /// parameters and that of the input, which nobody needs of the first layer.
    var trainingMultiplyAdds: Int {
        get throws {
            let first = Architecture(
                input: inputShape, modules: Array(architecture.modules.prefix(1)))
            return 3 * multiplyAdds - (try Sequential(first, seed: 0)).multiplyAdds
        }
    }
}
