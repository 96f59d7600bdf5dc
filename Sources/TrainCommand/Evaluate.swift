public import ArgumentParser
import CNN
import CommandSupport
import Foundation
import Tensor
public import Train

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
            """)

    @Option(help: ArgumentHelp("The weights that a run wrote.", valueName: "file"))
    var weights: String

    @Option(
        help: ArgumentHelp(
            "Kaggle folder, zip or CSV of FER-2013, or any folder of class folders.",
            valueName: "path"))
    var data: String?

    @Option(
        help: ArgumentHelp(
            """
            The part of the data: public, private, or test for both, of FER-2013; test, validation \
            or training of others. (default: the first of these that there is)
            """, valueName: "name"))
    var split: SplitChoice?

    @Option(
        help: ArgumentHelp(
            "Whether the probabilities of a picture and its mirror image are averaged.",
            valueName: "name"))
    var tta = TestTimeAugmentation.none

    @Flag(help: "Count and leave out damaged pictures.")
    var skipDamaged = false

    @Option(
        help: ArgumentHelp(
            "The number of threads. (default: as many as processors)", valueName: "n"))
    var threads: Int?

    @Flag(help: "Print one JSON object on one line.")
    var json = false

    func validate() throws {
        try checkThreads(threads)
    }

    func run() throws {
        let network = try Sequential(contentsOf: URL(filePath: weights))
        try ModelChoice.checkPictures(network.inputShape, of: weights)
        let path = DataSource.defaultPath(option: data)
        if data == nil, path == DataSource.syntheticName {
            Terminal.note("No data set was named: evaluating on built-in drawn faces.")
        }
        let source = try DataSource.open(
            path, input: network.inputShape,
            classNames: network.classNames.isEmpty ? nil : network.classNames,
            skipsDamaged: skipDamaged, seed: 42)
        if let first = source.skipped.first {
            Terminal.note(
                "left out \(source.skipped.count) damaged or unusable; the first: \(first)")
        }
        guard let split = split ?? source.splits.first(where: { $0 != .training }) else {
            throw CommandError(
                "these pictures are to learn from; to evaluate on them all the same: "
                    + "--split training")
        }
        let dataset = try source.dataset(split)
        try checkFit(network, dataset)
        let evaluation = try network.evaluate(
            on: dataset, augmentation: tta,
            threads: threads ?? ProcessInfo.processInfo.activeProcessorCount)
        if json {
            try Terminal.output(object(evaluation, split: split).description)
        } else {
            try Terminal.output("\(split.rawValue)  \(evaluation)")
        }
    }

    /// Checks that the pictures are what the network was trained for.
    private func checkFit(_ network: Sequential, _ dataset: ImageDataset) throws {
        let shape: Shape = [dataset.height, dataset.width, dataset.channels]
        guard shape == network.inputShape else {
            throw CommandError(
                "\(weights): the network takes pictures of \(network.inputShape), not \(shape)")
        }
        let (known, found) = (network.classNames, dataset.classNames)
        guard known.isEmpty || known == found else {
            throw CommandError(
                "\(weights): the network tells \(known.joined(separator: ", ")) apart, the "
                    + "pictures are of \(found.joined(separator: ", "))")
        }
        guard network.outputShape == [found.count] else {
            throw CommandError(
                "\(weights): the network ends in \(network.outputShape), the data has "
                    + "\(found.count) classes")
        }
    }

    /// What the network's probabilities are worth; null where that was not measured.
    private func object(_ reliability: Reliability?) -> JSONValue {
        guard let reliability else { return .null }
        let calibration = reliability.calibration
        return .object([
            "error": .number(reliability.error),
            "temperature": calibration.map { .number($0.temperature) } ?? .null,
            "fittedOn": calibration.map { .string($0.fittedOn) } ?? .null,
            "measuredWhereFitted": .bool(reliability.isMeasuredWhereFitted),
            "calibratedError": reliability.calibratedError.map { .number($0) } ?? .null,
        ])
    }

    private func object(_ evaluation: Evaluation, split: SplitChoice) -> JSONObject {
        let confusion = evaluation.confusion
        let classes = evaluation.classNames.enumerated().map { label, name -> (String, JSONValue) in
            (
                name,
                [
                    "precision": .number(confusion.precision(of: label)),
                    "recall": .number(confusion.recall(of: label)),
                    "f1": .number(confusion.f1(of: label)),
                    "images": .integer(confusion.count(ofTruth: label)),
                ]
            )
        }
        return [
            "split": .string(split.rawValue),
            "images": .integer(evaluation.count),
            "accuracy": .number(evaluation.accuracy),
            "standardError": .number(evaluation.standardError),
            "loss": .number(evaluation.loss),
            "macroF1": .number(confusion.macroF1),
            "calibration": object(evaluation.reliability),
            "labels": .array(evaluation.classNames.map { .string($0) }),
            "confusion": .array(confusion.rows.map { .array($0.map { .integer($0) }) }),
            "perClass": .object(JSONObject(classes)),
        ]
    }
}

extension TestTimeAugmentation: ExpressibleByArgument {}
