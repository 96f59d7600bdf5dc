import CNN
import Tensor
import Train

/// Whole epochs of training on drawn faces with strong augmentation, as the command `train` runs
/// them, of as many steps as asked for.
final class Epoch: Work {
    var parameterCount: Int { network.parameterCount }
    let multiplyAdds: Int
    private let network: Sequential
    private var trainer: Trainer
    private var faces = SyntheticFaces.dataset(count: 0, seed: 42)

    init(_ settings: Settings) throws {
        network = try Sequential(
            .sequential(
                input: [settings.size, settings.size, 1], classes: Pictures.classCount),
            seed: 42)
        multiplyAdds = try network.trainingMultiplyAdds
        trainer = Trainer(
            network, optimizer: Adam(), schedule: .reference, augmentation: .strong,
            batchSize: settings.batch, threads: settings.threads, seed: 42)
    }

    func run(steps: Int) throws -> Int {
        prepareFaces(count: steps * trainer.batchSize)
        return try trainer.runEpoch(on: faces).count
    }

    /// Draws new faces where the number changes, which is before the first round.
    private func prepareFaces(count: Int) {
        if faces.count != count { faces = SyntheticFaces.dataset(count: count, seed: 42) }
    }
}
