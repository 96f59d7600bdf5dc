public import ArgumentParser
import CommandSupport
import Foundation
public import Train
import Valence

/// `train evaluate`: how well saved weights do on pictures that they were not trained on.
struct Evaluate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Evaluate saved weights: accuracy, macro-F1, each class, confusion matrix.",
        discussion: """
            Without --data, evaluates on $VALENCE_FER2013, else on Datasets/fer2013*, else on \
            drawn faces.

            Examples:
              train evaluate --weights Runs/sequential-1/best.safetensors
              train evaluate --weights best.safetensors --data fer2013.zip --split test
              train evaluate --weights best.safetensors --data flowers --tta flip --json
              train evaluate --weights a.safetensors b.safetensors c.safetensors
              train evaluate --data fer2013.zip --corruptions --figures figures
            """)

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "The weights that a run wrote; of several, the mean of their probabilities counts. "
                + "(default: the network that Valence ships)", valueName: "file"))
    var weights: [String] = []

    @Option(
        help: ArgumentHelp(
            """
            The part of the data: public, private, test for both, or training of FER-2013; test, \
            validation or training of others. (default: the first of these that there is)
            """, valueName: "name"))
    var split: SplitChoice?

    @Option(
        help: ArgumentHelp(
            """
            The views of a picture whose probabilities are averaged: with its mirror image, or four \
            corners and the middle with theirs.
            """, valueName: "name"))
    var tta = TestTimeAugmentation.none

    @Flag(
        help: "Evaluate again on pictures that are darker, blurred, turned, ... in three strengths."
    )
    var corruptions = false

    @Option(
        help: ArgumentHelp(
            "Draw the confusion matrix and the reliability diagram into this folder.",
            valueName: "folder"))
    var figures: String?

    @OptionGroup var options: MeasuringOptions

    func run() throws {
        let ensemble = try Ensemble(weights.isEmpty ? [shippedNetwork()] : weights)
        let path = DataSource.defaultPath(option: options.data)
        if options.data == nil, path == DataSource.syntheticName {
            Terminal.note("No data set was named: evaluating on built-in drawn faces.")
        }
        let source = try DataSource.open(path, for: ensemble, skipsDamaged: options.skipDamaged)
        guard let split = split ?? source.splits.first(where: { $0 != .training }) else {
            throw CommandError(
                "these pictures are to learn from; to evaluate on them all the same: "
                    + "--split training")
        }
        let dataset = try source.dataset(split)
        try ensemble.checkFit(dataset)
        func predictions(on dataset: ImageDataset) throws -> Predictions {
            try ensemble.predictions(on: dataset, augmentation: tta, threads: options.threadCount)
        }
        if let figures { try EvaluationReport.createFolder(figures) }
        let clean = try predictions(on: dataset)
        let report = EvaluationReport(
            split: split.rawValue, predictions: clean,
            // The network's temperature is that of its own logits, not of a mean of several.
            calibration: tta == .none ? ensemble.calibration : nil,
            duplicates: split == .training ? nil : try source.duplicates(in: dataset),
            robustness: corruptions
                ? try Robustness(clean: clean.accuracy, of: dataset) {
                    try predictions(on: $0).accuracy
                } : nil)
        try Terminal.output(options.json ? report.object.description : report.description)
        if let figures { try report.draw(into: URL(filePath: figures)) }
    }

    private func shippedNetwork() throws -> String {
        try InstalledFiles().network().path(percentEncoded: false)
    }
}

extension TestTimeAugmentation: ExpressibleByArgument {}
