import ArgumentParser
import CNN
import CommandSupport
import Foundation
import Tensor
import Train

/// `train`, or `train fit`: trains a network and writes what it learns into a folder.
struct Fit: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Train a network (what `train` does without a subcommand).",
        discussion: """
            Without --data, trains on Datasets/fer2013* or $VALENCE_FER2013 if there, else on drawn \
            faces. Ctrl-C writes a checkpoint; --resume goes on from it.
            """)

    @Option(help: "Kaggle folder, zip or CSV of FER-2013, or any folder of class folders.")
    var data: String?

    @Option(help: "How often every picture is seen. (default: 30; 5 for drawn faces)")
    var epochs: Int?

    @Option(help: "A built-in architecture, or a JSON file that describes one.")
    var model = "sequential"

    @Option(help: "Where settings that are not given come from: reference or regularized.")
    var recipe = "reference"

    @Option(help: "The number of pictures of a step.")
    var batchSize: Int?

    @Option(help: "sgd, nesterov, adam or adamw.")
    var optimizer: OptimizerName?

    @Option(help: "The (highest) learning rate.")
    var learningRate: Double?

    @Option(help: "constant, exponential, step, cosine or one-cycle.")
    var schedule: ScheduleName?

    @Option(help: "How pictures are changed at random: none, light or strong.")
    var augment: AugmentationChoice?

    @Option(help: "What all randomness follows from.")
    var seed: UInt64 = 42

    @Option(help: "FER-2013's pictures to evaluate on: public, or test for both halves.")
    var validation = ValidationChoice.public

    @Option(help: "End after this many epochs without a better one.")
    var earlyStopping: Int?

    @Option(help: "The number of steps between two checkpoints.")
    var checkpointEvery: Int?

    @Flag(help: "Count and leave out damaged pictures.")
    var skipDamaged = false

    @Option(help: "Where to write to. (default: a fresh folder in Runs)")
    var output: String?

    @Option(help: "Go on with the run in this folder, or from this checkpoint.")
    var resume: String?

    @Option(help: "The number of threads. (default: as many as processors)")
    var threads: Int?

    @Flag(help: "Print one JSON object at the end, and nothing else on standard output.")
    var json = false

    func validate() throws {
        for (name, value) in [
            ("epochs", epochs), ("batch-size", batchSize), ("early-stopping", earlyStopping),
            ("checkpoint-every", checkpointEvery), ("threads", threads),
        ] {
            if let value, value < 1 {
                throw ValidationError("--\(name) is 1 or more, not \(value).")
            }
        }
        if let learningRate, !(learningRate > 0 && learningRate.isFinite) {
            throw ValidationError("--learning-rate is above 0, not \(learningRate).")
        }
        guard TrainingConfiguration.recipeNames.contains(recipe) else {
            let names = TrainingConfiguration.recipeNames.joined(separator: ", ")
            throw ValidationError("there is no recipe \(recipe), only: \(names).")
        }
        if resume != nil {
            let others = [epochs, batchSize, earlyStopping, checkpointEvery, threads]
            guard others.allSatisfy({ $0 == nil }), output == nil, optimizer == nil,
                learningRate == nil, schedule == nil, augment == nil
            else {
                throw ValidationError(
                    "--resume goes on with the settings of the run; only --data, --skip-damaged "
                        + "and --json go with it.")
            }
        }
    }

    func run() throws {
        let reporter = RunReporter(json: json)
        var run = try resume.map { try resumedRun($0, reporter) } ?? newRun(reporter)
        let weights = run.run.folder.lastWeights.path(percentEncoded: false)
        let interruption = Interruption()
        let isFinished = try run.run.run(
            shouldStop: { interruption.isRequested },
            onStep: { reporter.showStep(of: $0) },
            onEpoch: { reporter.showEpoch($0) })
        guard isFinished else {
            reporter.note(
                "stopped after step \(run.run.trainer.progress.steps); to go on: train --resume "
                    + run.run.folder.url.path(percentEncoded: false))
            throw ExitCode.failure
        }
        if let line = try run.data.testLine(of: run.run.trainer) { reporter.say(line) }
        reporter.finish(run.run.history, weights: weights)
    }

    /// A run with the data that it learns from.
    private struct PreparedRun: ~Copyable {
        var run: TrainingRun
        let data: DataSource
    }

    private func newRun(_ reporter: RunReporter) throws -> PreparedRun {
        let path = DataSource.defaultPath(option: data)
        if data == nil, path == DataSource.syntheticName {
            reporter.note(
                "No data set was named: training on built-in drawn faces. \(FER2013.howToGet) "
                    + "Then: train --data PATH")
        }
        let model = try ModelChoice(model)
        let source = try open(path, input: model.input, reporter)
        let sets = try source.trainingAndValidation(validation, seed: seed)
        let architecture = try model.architecture(classes: sets.training.classNames.count)
        let network = try Sequential(architecture, seed: seed)
        let configuration = configuration(isSynthetic: path == DataSource.syntheticName)
        let folder = RunFolder(try outputFolder(for: model.name))
        try folder.create(
            RunFolder.Description(
                data: path == DataSource.syntheticName
                    ? path : URL(filePath: path).path(percentEncoded: false),
                validation: validation.rawValue, architecture: architecture,
                configuration: configuration))
        reporter.begin(
            network, configuration, folder: folder, training: sets.training,
            validation: sets.validation)
        return PreparedRun(
            run: try TrainingRun(
                network, configuration, training: sets.training, validation: sets.validation,
                folder: folder),
            data: source)
    }

    private func resumedRun(_ path: String, _ reporter: RunReporter) throws -> PreparedRun {
        let url = URL(filePath: path)
        var isFolder: ObjCBool = false
        _ = FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
        let folder = RunFolder(isFolder.boolValue ? url : url.deletingLastPathComponent())
        let description = try folder.readDescription()
        let checkpoint =
            isFolder.boolValue
            ? try folder.readCheckpoint() : try TrainingCheckpoint(contentsOf: url)
        let architecture = try Architecture(json: Data(description.architecture.utf8))
        let network = try Sequential(architecture, seed: description.configuration.seed)
        let source = try open(data ?? description.data, input: architecture.input, reporter)
        let sets = try source.trainingAndValidation(
            ValidationChoice(rawValue: description.validation) ?? .public,
            seed: description.configuration.seed)
        if let checkpoint {
            reporter.note("going on after step \(checkpoint.progress.steps)")
            if !checkpoint.isOfThisProcessor {
                reporter.note(
                    "note: the run began on another kind of processor, or with another OpenBLAS; "
                        + "its weights may differ in their last bits")
            }
        } else {
            reporter.note("the run was stopped before its first checkpoint: beginning anew")
        }
        reporter.begin(
            network, description.configuration, folder: folder, training: sets.training,
            validation: sets.validation)
        return PreparedRun(
            run: try TrainingRun(
                network, description.configuration, training: sets.training,
                validation: sets.validation, folder: folder, resuming: checkpoint),
            data: source)
    }

    private func open(
        _ path: String, input: Shape, _ reporter: RunReporter
    ) throws -> DataSource {
        let source = try DataSource.open(path, input: input, skipsDamaged: skipDamaged, seed: seed)
        reporter.showSkipped(source.skipped)
        return source
    }

    private func configuration(isSynthetic: Bool) -> TrainingConfiguration {
        let epochs = epochs ?? (isSynthetic ? 5 : 30)
        var configuration =
            TrainingConfiguration.recipe(recipe, epochs: epochs) ?? .reference(epochs: epochs)
        configuration.batchSize = batchSize ?? configuration.batchSize
        configuration.augmentation = augment?.augmentation ?? configuration.augmentation
        configuration.optimizer = optimizer?.choice ?? configuration.optimizer
        if optimizer != nil || learningRate != nil || schedule != nil {
            let name = schedule ?? (recipe == "reference" ? .exponential : .cosine)
            let usual = optimizer?.usualRate ?? (recipe == "reference" ? 1e-4 : 0.05)
            configuration.schedule = name.schedule(rate: learningRate ?? usual, epochs: epochs)
        }
        configuration.patience = earlyStopping
        configuration.checkpointInterval = checkpointEvery ?? configuration.checkpointInterval
        configuration.seed = seed
        configuration.threads = threads ?? ProcessInfo.processInfo.activeProcessorCount
        return configuration
    }

    /// The folder that was named, or one in `Runs` that does not exist yet.
    private func outputFolder(for model: String) throws -> URL {
        if let output { return URL(filePath: output) }
        var number = 1
        while FileManager.default.fileExists(atPath: "Runs/\(model)-\(number)") { number += 1 }
        return URL(filePath: "Runs/\(model)-\(number)")
    }
}
