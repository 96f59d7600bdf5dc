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
            guard let preprocessing else {
                precondition(
                    inputShape.rank == 3,
                    "pictures are [height, width, channels], the network takes \(inputShape)")
                return FacePreprocessor(
                    height: inputShape[0], width: inputShape[1], channels: inputShape[2])
            }
            do {
                return try JSONDecoder().decode(
                    FacePreprocessor.self, from: Data(preprocessing.utf8))
            } catch {
                throw WeightsError(file: "preprocessing", problems: ["it cannot be read: \(error)"])
            }
        }
    }

    /// Computes loss and confusion on a data set.
    ///
    /// - Parameters:
    ///   - dataset: Labeled pictures of the size of the network's input.
    ///   - loss: How losses are computed.
    ///   - threads: The number of threads that share a batch.
    /// - Throws: What `facePreprocessor` throws.
    /// - Returns: The evaluation.
    public func evaluate(
        on dataset: ImageDataset, loss: SoftmaxCrossEntropy = SoftmaxCrossEntropy(),
        threads: Int = ProcessInfo.processInfo.activeProcessorCount
    ) throws -> Evaluation {
        let epochs = Epochs(
            evaluating: dataset, batchSize: 64, preprocessor: try facePreprocessor)
        let workspace = Workspace(
            self, batchCapacity: epochs.batchSize, mode: .inference, endsAtLogits: true,
            pool: ThreadPool(threadCount: threads))
        return evaluate(epochs, loss: loss, workspace: workspace)
    }

    func evaluate(
        _ epochs: Epochs, loss: SoftmaxCrossEntropy, workspace: Workspace
    ) -> Evaluation {
        let classes = outputShape.elementCount
        precondition(
            epochs.classCount == classes,
            "a network of \(classes) classes is not evaluated on \(epochs.classCount) of them")
        var total = SoftmaxCrossEntropy.Result()
        var confusion = ConfusionMatrix(classCount: classes)
        let loader = BatchLoader(epochs, range: 0..<1)
        while let batch = loader.next() {
            parameters.withUnsafeElements { parameters in
                statistics.withUnsafeElements { statistics in
                    guard let parameters = parameters.baseAddress,
                        let statistics = statistics.baseAddress
                    else { return }
                    // Inference reads statistics and never writes them.
                    let arrays = PassArrays(
                        input: batch.images, parameters: parameters,
                        statistics: UnsafeMutablePointer(mutating: statistics))
                    let logits = UnsafePointer(
                        workspace.forward(arrays, batch: batch.count, mode: .inference, seed: 0))
                    total += loss.evaluate(
                        logits: UnsafeBufferPointer(start: logits, count: batch.count * classes),
                        targets: UnsafeBufferPointer(
                            start: batch.targets, count: batch.count * classes),
                        classes: classes, gradient: nil)
                    let softmax = SoftmaxRows(classes: classes)
                    for sample in 0..<batch.count {
                        confusion.record(
                            truth: softmax.winner(batch.targets + sample * classes),
                            predicted: softmax.winner(logits + sample * classes))
                    }
                }
            }
        }
        return Evaluation(
            loss: total.meanLoss, confusion: confusion, classNames: epochs.dataset.classNames)
    }
}
