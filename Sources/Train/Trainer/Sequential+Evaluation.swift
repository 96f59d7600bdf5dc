public import CNN
public import Foundation
public import Imaging
import Kernels
import Tensor

extension Sequential {
    /// What turns pictures into the network's input, as the network carries it.
    ///
    /// A network that does not say takes pictures of its input's size, scaled to 0...1.
    ///
    /// - Throws: `WeightsError` where what the network carries cannot be read.
    public var facePreprocessor: FacePreprocessor {
        get throws {
            guard let decoded = FacePreprocessor(metadata: preprocessing, for: inputShape) else {
                throw WeightsError(
                    file: "preprocessing",
                    problems: [
                        "it cannot be read, or does not fit an input of \(inputShape): "
                            + (preprocessing ?? "none")
                    ])
            }
            return decoded
        }
    }

    /// Computes loss and confusion on a data set.
    ///
    /// - Parameters:
    ///   - dataset: Labeled pictures of the size of the network's input.
    ///   - loss: How losses are computed.
    ///   - augmentation: The views of a picture whose probabilities are averaged.
    ///   - threads: The number of threads that share a batch.
    /// - Throws: What `facePreprocessor` throws.
    /// - Returns: The evaluation.
    /// - Precondition: The data set has as many classes as the network.
    public func evaluate(
        on dataset: ImageDataset, loss: SoftmaxCrossEntropy = SoftmaxCrossEntropy(),
        augmentation: TestTimeAugmentation = .none,
        threads: Int = ProcessInfo.processInfo.activeProcessorCount
    ) throws -> Evaluation {
        try predictions(on: dataset, augmentation: augmentation, threads: threads)
            .evaluation(loss: loss, calibration: calibration)
    }

    /// What the network says about each picture of a data set.
    ///
    /// - Parameters:
    ///   - dataset: Labeled pictures of the size of the network's input.
    ///   - augmentation: The views of a picture whose probabilities are averaged.
    ///   - threads: The number of threads that share a batch.
    /// - Throws: What `facePreprocessor` throws.
    /// - Returns: The predictions, in the order of the data set.
    /// - Precondition: The data set has as many classes as the network.
    public func predictions(
        on dataset: ImageDataset, augmentation: TestTimeAugmentation = .none,
        threads: Int = ProcessInfo.processInfo.activeProcessorCount
    ) throws -> Predictions {
        let epochs = Epochs(
            evaluating: dataset, batchSize: 64, preprocessor: try facePreprocessor)
        let workspace = Workspace(
            self, batchCapacity: epochs.batchSize, mode: .inference, endsAtLogits: true,
            pool: ThreadPool(threadCount: threads))
        let views = augmentation.views(
            height: dataset.height, width: dataset.width, channels: dataset.channels)
        return Predictions(
            vote: views.map { predictions(epochs.viewing($0), workspace: workspace) })
    }

    /// What the network says about each picture, in a workspace that ends at the logits.
    func predictions(_ epochs: Epochs, workspace: Workspace) -> Predictions {
        let classes = outputShape.elementCount
        require(
            epochs.classCount == classes,
            "a network of \(classes) classes is not evaluated on \(epochs.classCount) of them")
        var predictions = Predictions(of: epochs.dataset)
        withArrays { workspace.prepare($0, mode: .inference) }
        let loader = BatchLoader(epochs, range: 0..<1)
        while let batch = loader.next() {
            withArrays(input: batch.images) { arrays in
                let logits = workspace.forward(
                    arrays, batch: batch.count, mode: .inference, seed: 0)
                predictions.append(
                    UnsafeBufferPointer(start: logits, count: batch.count * classes))
            }
        }
        return predictions
    }

    private func withArrays(
        input: UnsafePointer<Float>? = nil, _ body: (PassArrays) -> Void
    ) {
        parameters.withUnsafeElements { parameters in
            statistics.withUnsafeElements { statistics in
                guard let parameters = parameters.baseAddress,
                    let statistics = statistics.baseAddress
                else { return }
                // Inference reads statistics and never writes them.
                body(
                    PassArrays(
                        input: input ?? parameters, parameters: parameters,
                        statistics: UnsafeMutablePointer(mutating: statistics)))
            }
        }
    }
}
