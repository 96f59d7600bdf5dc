import ArgumentParser
import CommandSupport
import Foundation
import Train

/// `train`, or `train fit`: trains a network and writes what it learns into a folder.
struct Fit: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Train a network (what `train` does without a subcommand).",
        discussion: """
            Without --data, trains on $VALENCE_FER2013, else on Datasets/fer2013*, else on drawn \
            faces. Ctrl-C or SIGTERM writes a checkpoint and ends; --resume goes on from it, as it \
            does after any other end.

            Examples:
              train --data fer2013.zip --epochs 30
              train --data fer2013.zip --recipe accurate
              train --data fer2013.zip --recipe accurate --teachers a.safetensors b.safetensors
              train --data flowers --model flowers.json --augment light --early-stopping 10
              train --resume Runs/sequential-1
            """)

    @Option(
        help: ArgumentHelp(
            "Kaggle folder, zip or CSV of FER-2013, any folder of class folders, or synthetic.",
            valueName: "path"))
    var data: String?

    @Option(
        help: ArgumentHelp(
            "How often every picture is seen. (default: the recipe's; 5 for drawn faces)",
            valueName: "n"))
    var epochs: Int?

    @Option(
        help: ArgumentHelp(
            """
            An architecture that `train models` lists, or a JSON file that describes one. \
            (default: the recipe's)
            """, valueName: "name|file.json"))
    var model: String?

    @Option(
        help: ArgumentHelp(
            """
            Where settings that are not given come from. reference: sequential, 30 epochs, Adam at \
            1e-4, batches of 64, pictures as they are. accurate: expression, 100 epochs, SGD, \
            cosine, batches of 128, strong augmentation, smoothed labels, averaged weights. \
            (default: reference)
            """, valueName: "name"))
    var recipe: Recipe?

    @Option(help: ArgumentHelp("The number of pictures of a step.", valueName: "n"))
    var batchSize: Int?

    @Option(help: ArgumentHelp("How weights follow from gradients.", valueName: "name"))
    var optimizer: OptimizerName?

    @Option(
        help: ArgumentHelp(
            "The learning rate; the highest, where a schedule changes it.", valueName: "x"))
    var learningRate: Double?

    @Option(help: ArgumentHelp("How the learning rate changes.", valueName: "name"))
    var schedule: ScheduleName?

    @Option(help: ArgumentHelp("How much pictures are changed at random.", valueName: "name"))
    var augment: AugmentationChoice?

    @Option(
        help: ArgumentHelp(
            "The decay of the moving average of the weights, such as 0.999, below 1; 0 averages none. "
                + "(default: the recipe's)",
            valueName: "x"))
    var averaging: Double?

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Weights of trained networks whose mean answer to each picture and its mirror image "
                + "is learned, too; the accuracy in training then counts by both.",
            valueName: "file"))
    var teachers: [String] = []

    @Option(
        help: ArgumentHelp(
            "How much the teachers count, 0 to 1; the labels count for the rest. (default: 0.7)",
            valueName: "x"))
    var teacherShare: Float?

    @Option(help: ArgumentHelp("What all randomness follows from. (default: 42)", valueName: "n"))
    var seed: UInt64?

    @Option(
        help: ArgumentHelp(
            "The test set of FER-2013 to evaluate on: PublicTest or both. (default: public)",
            valueName: "name"))
    var validation: ValidationChoice?

    @Option(
        help: ArgumentHelp(
            "End after this many epochs without a better one. (default: never)", valueName: "n"))
    var earlyStopping: Int?

    @Option(
        help: ArgumentHelp(
            "The number of steps between two checkpoints; there is one after each epoch, too, "
                + "and every half a minute. (default: 500)", valueName: "n"))
    var checkpointEvery: Int?

    @Flag(help: "Compute each layer by itself, which is slower, and rounds otherwise: to compare.")
    var noFusion = false

    @Flag(help: "Count and leave out damaged pictures.")
    var skipDamaged = false

    @Option(
        help: ArgumentHelp(
            "Where to write to. (default: a fresh folder in Runs)", valueName: "folder"))
    var output: String?

    @Option(
        help: ArgumentHelp(
            "Go on with the run in this folder, or from this checkpoint of one.", valueName: "path")
    )
    var resume: String?

    @Option(
        help: ArgumentHelp(
            "The number of threads. (default: as many as processors)", valueName: "n"))
    var threads: Int?

    @Flag(help: "Print one JSON object at the end, and nothing else on standard output.")
    var json = false

    func validate() throws {
        try checkCounts([
            ("epochs", epochs), ("batch-size", batchSize), ("early-stopping", earlyStopping),
            ("checkpoint-every", checkpointEvery),
        ])
        try checkThreads(threads)
        if let learningRate, !(learningRate > 0 && learningRate.isFinite) {
            throw ValidationError("--learning-rate is above 0, not \(learningRate).")
        }
        if let averaging, !(0..<1 ~= averaging) {
            throw ValidationError("--averaging is 0 or more and below 1, not \(averaging).")
        }
        if let teacherShare {
            guard 0...1 ~= teacherShare else {
                throw ValidationError("--teacher-share is 0 to 1, not \(teacherShare).")
            }
            guard !teachers.isEmpty else {
                throw ValidationError("--teacher-share goes with --teachers.")
            }
        }
        if resume != nil, namesSettings {
            throw ValidationError(
                "--resume goes on with the settings of the run; only --data, --skip-damaged and "
                    + "--json go with it.")
        }
    }

    /// Whether an option is given that determines a new run.
    private var namesSettings: Bool {
        let options: [Any?] = [
            epochs, model, recipe, batchSize, optimizer, learningRate, schedule, augment, averaging,
            seed,
            validation, earlyStopping, checkpointEvery, output, threads, noFusion ? true : nil,
            teachers.first, teacherShare,
        ]
        return options.contains { $0 != nil }
    }

    func run() throws {
        let reporter = RunReporter(json: json)
        var prepared = try resume.map { try resumedRun($0, reporter) } ?? newRun(reporter)
        let folder = prepared.run.folder
        let interruption = Interruption()
        let isFinished = try reporter.whileShowingProgress {
            try prepared.run.run(
                shouldStop: { interruption.isRequested },
                onStep: { reporter.showStep(of: $0) },
                onEpoch: { reporter.showEpoch($0) })
        }
        guard isFinished else {
            reporter.note(
                "stopped after step \(prepared.run.trainer.progress.steps); to go on: "
                    + "train --resume \(folder.url.path(percentEncoded: false))")
            throw ExitCode.failure
        }
        try reporter.finish(prepared.run.history, weights: folder.lastWeights)
        if let line = try prepared.data.testLine(of: prepared.run.trainer) { reporter.say(line) }
    }
}
