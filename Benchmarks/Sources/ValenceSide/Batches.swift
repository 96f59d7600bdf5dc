import Imaging
import Tensor
import Train

/// The input of a training step.
struct LabeledImages {
    /// The pictures, `[batch, height, width, channels]`.
    var images: Tensor
    /// How much of each class a picture is, `[batch, classes]`.
    var targets: Tensor
}

/// Where a training gets its batches from; never ends.
typealias BatchSource = () throws -> LabeledImages

/// Batches that a thread beside the training assembles from shuffled pictures, as in
/// `Trainer.runEpoch`.
func assembledBatches(of dataset: ImageDataset, _ settings: Settings) -> BatchSource {
    let preprocessor = FacePreprocessor(height: settings.size, width: settings.size)
    let epochs = Epochs(
        dataset, batchSize: settings.batch, preprocessor: preprocessor, seed: 42)
    let loader = BatchLoader(epochs, range: 0..<Int.max)
    return {
        guard let batch = loader.next() else { throw EndOfBatches() }
        func tensor(_ elements: UnsafePointer<Float>, _ shape: Shape) -> Tensor {
            Tensor(UnsafeBufferPointer(start: elements, count: shape.elementCount), shape: shape)
        }
        return LabeledImages(
            images: tensor(batch.images, [batch.count, settings.size, settings.size, 1]),
            targets: tensor(batch.targets, [batch.count, dataset.classNames.count]))
    }
}

/// One batch that lies in memory and comes again and again.
func readyBatches(_ settings: Settings, channels: Int = 1) -> BatchSource {
    let images = Pictures.tensor(count: settings.batch, size: settings.size, channels: channels)
    let labels = (0..<settings.batch * Pictures.classCount).map { index -> Float in
        let (image, label) = index.quotientAndRemainder(dividingBy: Pictures.classCount)
        return image % Pictures.classCount == label ? 1 : 0
    }
    let batch = LabeledImages(
        images: images, targets: Tensor(labels, shape: [settings.batch, Pictures.classCount]))
    return { batch }
}

private struct EndOfBatches: Error {}
