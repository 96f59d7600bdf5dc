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
        let epochs = Epochs(
            evaluating: dataset, batchSize: 64, preprocessor: try facePreprocessor)
        let workspace = Workspace(
            self, batchCapacity: epochs.batchSize, mode: .inference, endsAtLogits: true,
            pool: ThreadPool(threadCount: threads))
        return evaluate(epochs, loss: loss, augmentation: augmentation, workspace: workspace)
    }

    /// Computes loss and confusion in a workspace that ends at the logits.
    func evaluate(
        _ epochs: Epochs, loss: SoftmaxCrossEntropy, augmentation: TestTimeAugmentation = .none,
        workspace: Workspace
    ) -> Evaluation {
        let classes = outputShape.elementCount
        require(
            epochs.classCount == classes,
            "a network of \(classes) classes is not evaluated on \(epochs.classCount) of them")
        var total = SoftmaxCrossEntropy.Result()
        var confusion = ConfusionMatrix(classCount: classes)
        var all = LabeledLogits(classes: classes)
        let views = Views(self, workspace, augmentation)
        let loader = BatchLoader(epochs, range: 0..<1)
        while let batch = loader.next() {
            let count = batch.count * classes
            let targets = UnsafeBufferPointer(start: batch.targets, count: count)
            views.withLogits(of: batch.images, batch: batch.count) { logits in
                total += loss.evaluate(
                    logits: UnsafeBufferPointer(start: logits, count: count), targets: targets,
                    classes: classes, gradient: nil)
                let softmax = SoftmaxRows(classes: classes)
                for sample in 0..<batch.count {
                    let truth = softmax.winner(batch.targets + sample * classes)
                    let logits = logits + sample * classes
                    confusion.record(truth: truth, predicted: softmax.winner(logits))
                    all.append(logits, label: truth)
                }
            }
        }
        return Evaluation(
            loss: total.meanLoss, confusion: confusion, classNames: epochs.dataset.classNames,
            reliability: Reliability(all, calibration: calibration, name: epochs.dataset.name))
    }
}

/// Runs a network on the views of pictures.
private struct Views {
    let network: Sequential
    let workspace: Workspace
    let augmentation: TestTimeAugmentation

    init(_ network: Sequential, _ workspace: Workspace, _ augmentation: TestTimeAugmentation) {
        self.network = network
        self.workspace = workspace
        self.augmentation = augmentation
        withArrays { workspace.prepare($0, mode: .inference) }
    }

    /// Calls `body` with the logits, `[batch, classes]`, of pictures, `[batch, height, width,
    /// channels]`; of several views, they are the logarithms of the mean probabilities.
    func withLogits(
        of images: UnsafePointer<Float>, batch: Int, _ body: (UnsafePointer<Float>) -> Void
    ) {
        switch augmentation {
        case .none:
            forward(images, batch: batch, body)
        case .flip:
            let classes = network.outputShape.elementCount
            let softmax = SoftmaxRows(classes: classes)
            var sums = [Float](repeating: 0, count: batch * classes)
            func addProbabilities(of logits: UnsafePointer<Float>) {
                var probabilities = sums
                softmax.forward(logits, rows: batch, into: &probabilities)
                for index in sums.indices { sums[index] += probabilities[index] }
            }
            forward(images, batch: batch, addProbabilities)
            forward(mirrored(images, batch: batch), batch: batch, addProbabilities)
            // The smallest number keeps the logarithm of a probability of 0 finite.
            body(sums.map { log(max($0 / 2, .leastNormalMagnitude)) })
        }
    }

    private func forward(
        _ images: UnsafePointer<Float>, batch: Int, _ body: (UnsafePointer<Float>) -> Void
    ) {
        withArrays(input: images) {
            body(workspace.forward($0, batch: batch, mode: .inference, seed: 0))
        }
    }

    private func withArrays(
        input: UnsafePointer<Float>? = nil, _ body: (PassArrays) -> Void
    ) {
        network.parameters.withUnsafeElements { parameters in
            network.statistics.withUnsafeElements { statistics in
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

    /// The pictures with left and right exchanged.
    private func mirrored(_ images: UnsafePointer<Float>, batch: Int) -> [Float] {
        let (height, width, channels) = (
            network.inputShape[0], network.inputShape[1], network.inputShape[2]
        )
        var mirrored: [Float] = []
        mirrored.reserveCapacity(batch * height * width * channels)
        for row in 0..<(batch * height) {
            for column in (0..<width).reversed() {
                let start = (row * width + column) * channels
                for channel in 0..<channels { mirrored.append(images[start + channel]) }
            }
        }
        return mirrored
    }
}
