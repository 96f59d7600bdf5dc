import CNN
import Tensor
import Train

extension TrainingStep {
    /// One `same` convolution with as many inputs as outputs: what its passes cost by themselves.
    static func convolution(_ settings: Settings) throws -> TrainingStep {
        let channels = settings.channels ?? 1
        let network = try Sequential(input: [settings.size, settings.size, channels], seed: 42) {
            Conv2D(filters: channels, kernel: 3, padding: .same, bias: false)
            GlobalAveragePool()
            Dense(Pictures.classCount)
        }
        return try TrainingStep(
            network, optimizer: SGD(), schedule: .constant(0.01), settings: settings,
            batches: readyBatches(settings, channels: channels))
    }
}
