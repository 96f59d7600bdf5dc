public import CNN
import Files
import Foundation
import Imaging
import Tensor

/// A training that writes what it learns into a folder, and can be stopped and resumed.
///
/// See `RunFolder` for the files. A run that is killed at any moment and resumed ends with the same
/// weights, bit for bit, as one that was not.
public struct TrainingRun: ~Copyable {
    /// Where the run writes to.
    public let folder: RunFolder
    /// All that determines the training.
    public let configuration: TrainingConfiguration
    /// The epochs that are complete.
    public private(set) var history: History
    /// The trainer.
    public private(set) var trainer: Trainer
    /// The training time after which a step is followed by a checkpoint, whatever the interval: half
    /// of the minute that a kill may cost where the last checkpoint is damaged.
    var longestTimeWithoutCheckpoint = Duration.seconds(30)
    /// How the network did on the validation data after the last complete epoch of this process.
    public private(set) var evaluation: Evaluation?

    private let training: ImageDataset
    private let validation: ImageDataset
    private let fingerprint: String

    /// Prepares a run, at its beginning or where a checkpoint was made.
    ///
    /// - Parameters:
    ///   - network: The network to train, with its initial weights.
    ///   - configuration: All that determines the training.
    ///   - training: The pictures to learn from.
    ///   - validation: The pictures to evaluate on after every epoch.
    ///   - folder: Where to write to; it exists.
    ///   - checkpoint: Where to go on; nil begins.
    /// - Throws: `FileError` where network and data do not fit, or the checkpoint is of other data or
    ///   another batch size,
    ///   `WeightsError` where it is of another network.
    public init(
        _ network: Sequential, _ configuration: TrainingConfiguration, training: ImageDataset,
        validation: ImageDataset, folder: RunFolder, resuming checkpoint: TrainingCheckpoint? = nil
    ) throws {
        self.folder = folder
        self.configuration = configuration
        self.training = training
        self.validation = validation
        history = checkpoint?.history ?? History()
        fingerprint = training.fingerprint
        for dataset in [training, validation] {
            guard network.inputShape == [dataset.height, dataset.width, dataset.channels],
                network.outputShape == [dataset.classNames.count]
            else {
                throw FileError(
                    .unsupported, at: folder.url.path(percentEncoded: false),
                    "a network from \(network.inputShape) to \(network.outputShape) does not learn "
                        + "pictures of [\(dataset.height), \(dataset.width), "
                        + "\(dataset.channels)] in \(dataset.classNames.count) classes.")
            }
        }
        var trainer = Trainer(network, configuration)
        if let checkpoint {
            guard checkpoint.dataFingerprint == fingerprint else {
                throw FileError(
                    .unsupported, at: folder.checkpoint.path(percentEncoded: false),
                    "was made with other training data (\(checkpoint.dataFingerprint)) than these "
                        + "(\(fingerprint)). Resume with the data of the run.")
            }
            try trainer.restore(checkpoint)
            let images = trainer.progress.running.count
            guard
                images
                    == min(trainer.progress.stepsInEpoch * configuration.batchSize, training.count)
            else {
                throw FileError(
                    .unsupported, at: folder.checkpoint.path(percentEncoded: false),
                    "\(trainer.progress.stepsInEpoch) steps that saw \(images) pictures were not "
                        + "of batches of \(configuration.batchSize). Resume with the settings of "
                        + "the run.")
            }
        }
        self.trainer = trainer
    }

    /// Whether the epochs are complete, or too many brought nothing better.
    public var isFinished: Bool {
        if history.epochs.count >= configuration.epochs { return true }
        guard let patience = configuration.patience, let best = history.best,
            let last = history.epochs.last
        else { return false }
        return last.epoch - best.epoch >= patience
    }

    /// Trains until the run is finished, or until it is to stop.
    ///
    /// - Parameters:
    ///   - shouldStop: Is asked after every step; the run then writes a checkpoint and returns.
    ///   - onStep: Is called after every step.
    ///   - onEpoch: Is called after every epoch, when its files are written.
    /// - Returns: Whether the run is finished; otherwise it was stopped.
    /// - Throws: `FileError` where the folder cannot be written, `DivergedTraining` where the loss
    ///   is no number any more. What was written stays.
    @discardableResult
    public mutating func run(
        shouldStop: () -> Bool = { false }, onStep: (borrowing Trainer) -> Void = { _ in },
        onEpoch: (EpochReport) -> Void = { _ in }
    ) throws -> Bool {
        if isFinished { return true }
        let events = try EventWriter(
            folder: folder.url, startingAt: trainer.progress.epochs + 1)
        while !isFinished {
            do {
                try runEpoch(events: events, shouldStop: shouldStop, onStep: onStep)
            } catch is Stop {
                return false
            }
            if let report = history.epochs.last { onEpoch(report) }
        }
        return true
    }

    /// The run was asked to stop.
    private struct Stop: Error {}

    private mutating func runEpoch(
        events: EventWriter, shouldStop: () -> Bool, onStep: (borrowing Trainer) -> Void
    ) throws {
        let (folder, history, fingerprint) = (folder, history, fingerprint)
        let longestTimeWithoutCheckpoint = longestTimeWithoutCheckpoint
        let interval = configuration.checkpointInterval
        var lastCheckpoint = ContinuousClock.now
        let report = try trainer.runEpoch(
            on: training, validating: validation, of: configuration.epochs
        ) { trainer in
            guard trainer.progress.running.loss.isFinite else {
                throw DivergedTraining(steps: trainer.progress.steps)
            }
            onStep(trainer)
            let stops = shouldStop()
            let isDue =
                trainer.progress.steps % interval == 0
                || lastCheckpoint.duration(to: .now) >= longestTimeWithoutCheckpoint
            if stops || isDue {
                try trainer.checkpoint(history: history, dataFingerprint: fingerprint)
                    .write(to: folder.checkpoint, keepingPreviousAs: folder.previousCheckpoint)
                lastCheckpoint = .now
            }
            if stops { throw Stop() }
        }
        guard report.validationLoss?.isFinite != false else {
            throw DivergedTraining(steps: trainer.progress.steps)
        }
        self.history.append(report)
        evaluation = trainer.lastEvaluation
        try write(report, events: events)
        try trainer.checkpoint(history: self.history, dataFingerprint: fingerprint)
            .write(to: folder.checkpoint, keepingPreviousAs: folder.previousCheckpoint)
    }

    /// Writes weights, figures and pictures after an epoch.
    private func write(_ report: EpochReport, events: EventWriter) throws {
        let network = trainer.network
        try network.save(to: folder.lastWeights)
        if history.best?.epoch == report.epoch { try network.save(to: folder.bestWeights) }
        try history.write(to: folder.url)
        try Figure.learningCurves(of: history, title: "Loss and accuracy")
            .write(to: folder.url, named: "curves")
        if let evaluation {
            let title = "Validation after epoch \(report.epoch)"
            try Figure.confusionMatrix(of: evaluation, title: title)
                .write(to: folder.url, named: "confusion")
        }
        try events.write(scalars: report.scalars, step: report.epoch)
    }
}

/// A training whose loss became infinite or no number at all: it cannot get better any more.
public struct DivergedTraining: Error, Hashable, CustomStringConvertible {
    /// The number of steps after which that showed.
    public var steps: Int

    /// One line with the remedy.
    public var description: String {
        "the loss is no finite number any more after step \(steps): the training diverged. Start "
            + "it anew with a lower learning rate."
    }
}

extension EpochReport {
    /// The figures by the names under which TensorBoard shows them.
    fileprivate var scalars: [String: Double] {
        var scalars = [
            "loss/training": loss, "accuracy/training": accuracy,
            "learning rate": learningRate, "images per second": imagesPerSecond,
        ]
        scalars["loss/validation"] = validationLoss
        scalars["accuracy/validation"] = validationAccuracy
        return scalars
    }
}
