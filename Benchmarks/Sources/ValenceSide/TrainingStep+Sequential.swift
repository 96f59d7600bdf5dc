import CNN
import Tensor
import Train

extension TrainingStep {
    /// The built-in network with all that belongs to its training: batches are assembled, dropout
    /// is on, and Adam's rate decays.
    static func sequential(_ settings: Settings) throws -> TrainingStep {
        let dataset = Pictures.dataset(count: imageCount, size: settings.size)
        return try sequential(settings, assembledBatches(of: dataset, settings))
    }

    /// The same on one batch that lies ready.
    static func bare(_ settings: Settings) throws -> TrainingStep {
        try sequential(settings, readyBatches(settings))
    }

    private static func sequential(
        _ settings: Settings, _ batches: @escaping BatchSource
    ) throws -> TrainingStep {
        let input: Shape = [settings.size, settings.size, 1]
        return try TrainingStep(
            Sequential(.sequential(input: input, classes: Pictures.classCount), seed: 42),
            optimizer: Adam(), schedule: .reference, settings: settings, batches: batches)
    }
}

extension Schedule {
    /// The learning rate that `sequential` is trained with.
    static let reference = exponentialDecay(initial: 1e-4, rate: 0.96, steps: 100_000)
}
