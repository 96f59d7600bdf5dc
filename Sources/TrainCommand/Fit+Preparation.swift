import CNN
import CommandSupport
import Foundation
import Tensor
import Train

/// A run with the data that it learns from.
struct PreparedRun: ~Copyable {
    var run: TrainingRun
    let data: DataSource
}

extension Fit {
    /// Prepares the run that the options describe, and its folder.
    func newRun(_ reporter: RunReporter) throws -> PreparedRun {
        let path = DataSource.defaultPath(option: data)
        if data == nil, path == DataSource.syntheticName {
            reporter.note(
                "No data set was named: training on built-in drawn faces. On others: train --data "
                    + "PATH")
            reporter.note("FER-2013: \(FER2013.howToGet)")
        }
        let model = try ModelChoice(model ?? (recipe ?? .reference).architecture)
        var configuration = configuration(isSynthetic: path == DataSource.syntheticName)
        let source = try open(
            path, input: model.input, skipsDamaged: skipDamaged, seed: configuration.seed, reporter)
        let validation = validation ?? .public
        var sets = try source.trainingAndValidation(validation, seed: configuration.seed)
        // A larger batch would be the same steps in more memory.
        configuration.batchSize = min(configuration.batchSize, sets.training.count)
        // What teachers say is not smoothed once more.
        if !teachers.isEmpty { configuration.loss.labelSmoothing = 0 }
        let architecture = try model.architecture(for: sets.training)
        let network = try Sequential(architecture, seed: configuration.seed)
        let folder = RunFolder(outputFolder(for: model.name))
        let share = teacherShare ?? 0.7
        let description = try RunFolder.Description(
            data: path == DataSource.syntheticName
                ? path : URL(filePath: path).path(percentEncoded: false),
            validation: validation.rawValue, skipsDamaged: skipDamaged,
            teachers: teachers.isEmpty
                ? nil : teachers.map { URL(filePath: $0).path(percentEncoded: false) },
            teacherShare: teachers.isEmpty ? nil : share, architecture: architecture,
            configuration: configuration)
        try folder.create(description) {
            try teach(&sets.training, share: share, threads: configuration.threads, reporter)
        }
        reporter.begin(
            network, configuration, training: sets.training, validation: sets.validation)
        reporter.say("writing to \(folder.url.path(percentEncoded: false))")
        return PreparedRun(
            run: try TrainingRun(
                network, configuration, training: sets.training, validation: sets.validation,
                folder: folder),
            data: source)
    }

    /// Prepares the run in a folder where its last checkpoint, or the one that is named, was made.
    func resumedRun(_ path: String, _ reporter: RunReporter) throws -> PreparedRun {
        let (folder, named) = try runFolder(at: path)
        let description = try folder.readDescription()
        let configuration = description.configuration
        let checkpoint =
            try named.map { try folder.returnToCheckpoint(at: $0) } ?? folder.readCheckpoint()
        let architecture = try Architecture(json: Data(description.architecture.utf8))
        try ModelChoice.checkPictures(architecture.input, of: path)
        let source = try open(
            try dataPath(of: description), input: architecture.input,
            skipsDamaged: skipDamaged || description.skipsDamaged, seed: configuration.seed,
            reporter)
        var sets = try source.trainingAndValidation(
            ValidationChoice(rawValue: description.validation) ?? .public,
            seed: configuration.seed)
        if description.teachers != nil { try restoreTargets(of: &sets.training, from: folder) }
        let network = try Sequential(architecture, seed: configuration.seed)
        reporter.begin(
            network, configuration, training: sets.training, validation: sets.validation)
        let run = try TrainingRun(
            network, configuration, training: sets.training, validation: sets.validation,
            folder: folder, resuming: checkpoint)
        reporter.resume(run, from: checkpoint)
        return PreparedRun(run: run, data: source)
    }

    /// Asks the teachers that are named about each picture and its mirror image.
    ///
    /// - Returns: The targets, `[count, classes]`; nil without teachers.
    private func teach(
        _ training: inout ImageDataset, share: Float, threads: Int, _ reporter: RunReporter
    ) throws -> Tensor? {
        guard !teachers.isEmpty else { return nil }
        let ensemble = try Ensemble(teachers)
        try ensemble.checkFit(training)
        reporter.say(
            "asking \(teachers.count == 1 ? "1 teacher" : "\(teachers.count) teachers") about "
                + "\(Format.count(training.count)) pictures")
        let answers = try ensemble.predictions(on: training, augmentation: .flip, threads: threads)
        guard answers.logits.allSatisfy(\.isFinite) else {
            throw CommandError(
                "\(teachers.joined(separator: ", ")): the answers of these networks are no numbers; "
                    + "name teachers whose training did not diverge")
        }
        training.learn(from: answers, share: share)
        return training.softTargets.map {
            Tensor($0, shape: [training.count, training.classNames.count])
        }
    }

    /// Reads what teachers said when the run began.
    private func restoreTargets(of training: inout ImageDataset, from folder: RunFolder) throws {
        let targets: Tensor
        do {
            targets = try NPYFile(contentsOf: folder.targets).tensor
        } catch {
            throw CommandError("\(error) Without what its teachers said, a run is to start anew.")
        }
        guard targets.shape == [training.count, training.classNames.count] else {
            throw CommandError(
                "\(folder.targets.path(percentEncoded: false)): targets of \(targets.shape) do not fit \(training.count) pictures of "
                    + "\(training.classNames.count) classes")
        }
        training.setSoftTargets(targets.withUnsafeElements(Array.init))
    }

    /// The folder of a run that is to go on, and the checkpoint if one is named.
    private func runFolder(at path: String) throws -> (folder: RunFolder, checkpoint: URL?) {
        let url = URL(filePath: path)
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else {
            throw CommandError("\(path): there is no such folder or checkpoint")
        }
        return isFolder.boolValue
            ? (RunFolder(url), nil) : (RunFolder(url.deletingLastPathComponent()), url)
    }

    /// Where the data of a run that is to go on are now.
    private func dataPath(of description: RunFolder.Description) throws -> String {
        if let data { return data }
        let path = description.data
        guard path == DataSource.syntheticName || FileManager.default.fileExists(atPath: path)
        else {
            throw CommandError(
                "\(path): the data of the run are not there any more; name their new place: --data "
                    + "PATH")
        }
        return path
    }

    private func open(
        _ path: String, input: Shape, skipsDamaged: Bool, seed: UInt64, _ reporter: RunReporter
    ) throws -> DataSource {
        let source = try DataSource.open(path, input: input, skipsDamaged: skipsDamaged, seed: seed)
        reporter.showSkipped(source.skipped)
        return source
    }

    private func configuration(isSynthetic: Bool) -> TrainingConfiguration {
        let recipe = recipe ?? .reference
        let epochs = epochs ?? (isSynthetic ? 5 : recipe.epochs)
        var configuration = recipe.configuration(epochs: epochs)
        configuration.batchSize = batchSize ?? configuration.batchSize
        configuration.augmentation = augment?.augmentation ?? configuration.augmentation
        configuration.optimizer = optimizer?.choice ?? configuration.optimizer
        if optimizer != nil || learningRate != nil || schedule != nil {
            let name = schedule ?? (recipe == .reference ? .exponential : .cosine)
            let usual = optimizer?.usualRate ?? (recipe == .reference ? 1e-4 : 0.05)
            configuration.schedule = name.schedule(rate: learningRate ?? usual, epochs: epochs)
        }
        if let averaging {
            configuration.averaging = averaging == 0 ? nil : WeightAverage(decay: averaging)
        }
        configuration.patience = earlyStopping
        configuration.checkpointInterval = checkpointEvery ?? configuration.checkpointInterval
        configuration.seed = seed ?? configuration.seed
        configuration.fusesLayers = !noFusion
        configuration.threads = threads ?? ProcessInfo.processInfo.activeProcessorCount
        return configuration
    }

    /// The folder that was named, or one in `Runs` that does not exist yet.
    private func outputFolder(for model: String) -> URL {
        if let output { return URL(filePath: output) }
        var number = 1
        while FileManager.default.fileExists(atPath: "Runs/\(model)-\(number)") { number += 1 }
        return URL(filePath: "Runs/\(model)-\(number)")
    }
}
