import CNN
import Tensor

/// Inference with `sequential`: each step is a batch; all steps of a round are one call for batches
/// of several images, and a call each for single images.
final class Inference: Work {
    var parameterCount: Int { predictor.network.parameterCount }
    var multiplyAdds: Int { predictor.network.multiplyAdds }
    private let predictor: Predictor
    private let size: Int
    private var images: Tensor

    init(_ settings: Settings) throws {
        size = settings.size
        let network = try Sequential(
            .sequential(input: [size, size, 1], classes: Pictures.classCount), seed: 42)
        predictor = Predictor(
            network, batchCapacity: settings.batch, threads: settings.threads)
        images = Pictures.tensor(count: settings.batch, size: size)
    }

    func run(steps: Int) -> Int {
        if predictor.batchCapacity == 1 {
            for _ in 0..<steps { _ = predictor(images) }
        } else {
            prepareImages(count: steps * predictor.batchCapacity)
            _ = predictor(images)
        }
        return steps * predictor.batchCapacity
    }

    /// Makes new images where the number changes, which is before the first round.
    private func prepareImages(count: Int) {
        if images.shape[0] != count { images = Pictures.tensor(count: count, size: size) }
    }
}
