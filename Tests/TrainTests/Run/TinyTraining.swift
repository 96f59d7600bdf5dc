import CNN
import Files
import Foundation
import Tensor

@testable import Train

/// Trainings that take a moment: 38 faces in batches of 8, so that the last one is small.
enum TinyTraining {
    static let training = SyntheticFaces.dataset(count: 38, seed: 1)
    static let validation = SyntheticFaces.dataset(count: 21, seed: 1, startingAt: 38)
    static let stepsPerEpoch = 5

    /// A network with everything that has a state: dropout, which draws, and batch normalization,
    /// which measures.
    static func network(classes: Int = 7) throws -> Sequential {
        try Sequential(input: [48, 48, 1], seed: 3) {
            Conv2D(filters: 4, kernel: 5, stride: 3)
            BatchNorm()
            ReLU()
            MaxPool(3)
            Dropout(0.3)
            Flatten()
            Dense(classes)
            Softmax()
        }
    }

    /// Adam as it is by default.
    static var plain: TrainingConfiguration {
        var configuration = TrainingConfiguration(epochs: 2)
        configuration.batchSize = 8
        configuration.threads = 2
        return configuration
    }

    /// Everything that a step may depend on at once.
    static var everything: TrainingConfiguration {
        var configuration = Recipe.accurate.configuration(epochs: 2)
        configuration.batchSize = 8
        configuration.threads = 2
        configuration.augmentation.mixup = 0.2
        configuration.clipping = .norm(limit: 1)
        configuration.checkpointInterval = 2
        return configuration
    }

    /// A run at its beginning, or where a checkpoint was made.
    static func run(
        _ configuration: TrainingConfiguration, in folder: URL,
        training: ImageDataset = training, resuming checkpoint: TrainingCheckpoint? = nil
    ) throws -> TrainingRun {
        try TrainingRun(
            try network(), configuration, training: training, validation: validation,
            folder: RunFolder(folder), resuming: checkpoint)
    }
}

/// All that a training has come to, in comparable form.
struct TrainingState: Equatable {
    /// The bits of each array.
    var arrays: [String: [UInt32]]
    /// How far it came, without times.
    var progress: TrainingProgress
    /// The reports, without times.
    var epochs: [EpochReport]

    init(of run: borrowing TrainingRun) {
        self.init(run.trainer.checkpoint(history: run.history, dataFingerprint: ""))
    }

    init(_ checkpoint: TrainingCheckpoint) {
        arrays = Dictionary(
            uniqueKeysWithValues: checkpoint.arrays.map { ($0.name, $0.tensor.bits) })
        progress = checkpoint.progress
        progress.seconds = 0
        epochs = checkpoint.history.epochs.map { report in
            var report = report
            report.seconds = 0
            report.imagesPerSecond = 0
            return report
        }
    }
}

extension Tensor {
    /// The bits of all elements: unlike numbers, they tell zeros apart, and not-a-numbers together.
    var bits: [UInt32] { withUnsafeElements { $0.map(\.bitPattern) } }
}

/// The names of the files in a folder, sorted.
func fileNames(in folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
}
