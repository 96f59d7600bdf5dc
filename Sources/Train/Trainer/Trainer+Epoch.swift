import CNN
import Dispatch
import Foundation
import Imaging
import Tensor

extension Trainer {
    /// Trains on every picture of a data set once, then evaluates on another one.
    ///
    /// Goes on where a restored trainer stopped in the middle of an epoch.
    ///
    /// - Parameters:
    ///   - training: The pictures to learn from, of the size of the network's input.
    ///   - validation: The pictures to evaluate on after the epoch.
    ///   - epochCount: How many epochs the training is to have, for the report.
    ///   - afterStep: Is called after every step, to show progress or to save. An error that it
    ///     throws ends the epoch there; the trainer can go on from that step.
    /// - Throws: What `afterStep` and `preprocessor` throw.
    /// - Returns: What the epoch came to. Training loss and accuracy are means over the epoch,
    ///   measured while the network learns and dropout is on.
    /// - Precondition: The data sets have as many classes as the network, and there are pictures to
    ///   learn from.
    public mutating func runEpoch(
        on training: ImageDataset, validating validation: ImageDataset? = nil,
        of epochCount: Int? = nil,
        afterStep: (borrowing Trainer) throws -> Void = { _ in }
    ) throws -> EpochReport {
        require(
            training.classNames.count == classCount,
            "a network of \(classCount) classes does not learn \(training.classNames.count)")
        require(training.count > 0, "an epoch needs 1 picture or more")
        try describeData(training)
        let epochs = Epochs(
            training, batchSize: batchSize, preprocessor: try preprocessor,
            augmentation: augmentation, seed: seed)
        let epoch = progress.epochs
        let loader = BatchLoader(
            epochs, range: epoch..<(epoch + 1), firstBatch: progress.stepsInEpoch)
        var clock = Stopwatch()
        while let batch = loader.next() {
            progress.running += step(
                batch.images, batch.targets, count: batch.count,
                stepsPerEpoch: epochs.batchesPerEpoch)
            progress.stepsInEpoch += 1
            progress.seconds += clock.lap()
            try afterStep(self)
            // What is shown and saved is not training.
            _ = clock.lap()
        }

        let evaluation = try validation.map { try evaluate(on: $0) }
        lastEvaluation = evaluation
        model.calibration = evaluation?.reliability?.best
        model.measuredAccuracy = validation.flatMap { evaluation?.measuredAccuracy(on: $0.name) }
        let rate = schedule.learningRate(
            afterSteps: max(progress.steps - 1, 0), stepsPerEpoch: epochs.batchesPerEpoch)
        let report = EpochReport(
            epoch: epoch + 1, epochCount: epochCount, loss: progress.running.meanLoss,
            accuracy: progress.running.accuracy, count: progress.running.count,
            validationLoss: evaluation?.loss, validationAccuracy: evaluation?.accuracy,
            validationCount: evaluation?.count ?? 0, learningRate: Double(rate),
            imagesPerSecond: Double(progress.running.count) / max(progress.seconds, 1e-9),
            seconds: progress.seconds + clock.lap())
        progress.epochs += 1
        progress.stepsInEpoch = 0
        progress.running = SoftmaxCrossEntropy.Result()
        progress.seconds = 0
        return report
    }

    /// Lets the network carry what its input and its output mean.
    private mutating func describeData(_ dataset: ImageDataset) throws {
        model.classNames = dataset.classNames
        if model.preprocessing == nil { model.preprocessing = try preprocessor.metadata }
    }
}

/// Measures time in seconds.
private struct Stopwatch {
    private var start = DispatchTime.now()

    /// The time since the last lap.
    mutating func lap() -> Double {
        let now = DispatchTime.now()
        defer { start = now }
        return Double(now.uptimeNanoseconds - start.uptimeNanoseconds) / 1e9
    }
}
