import CNN
import Tensor
import Train

extension TrainingStep {
    /// Four blocks of two `same` convolutions with batch normalization, by SGD with Nesterov's
    /// momentum.
    static func vgg(_ settings: Settings) throws -> TrainingStep {
        let network = try Sequential(input: [settings.size, settings.size, 1], seed: 42) {
            for filters in [32, 64, 128, 256] {
                for _ in 1...2 {
                    Conv2D(filters: filters, kernel: 3, padding: .same, bias: false)
                    BatchNorm()
                    ReLU()
                }
                MaxPool(2)
            }
            GlobalAveragePool()
            Dense(Pictures.classCount)
        }
        let dataset = Pictures.dataset(count: imageCount, size: settings.size)
        return try TrainingStep(
            network, optimizer: SGD(momentum: 0.9, nesterov: true), schedule: .constant(0.01),
            settings: settings, batches: assembledBatches(of: dataset, settings))
    }
}
