public import ArgumentParser
import CNN
import CommandSupport
import Foundation
import Tensor
public import Train

/// `train evaluate`: how well saved weights do on pictures that they were not trained on.
struct Evaluate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Evaluate saved weights: accuracy, macro-F1, each class, confusion matrix.")

    @Option(help: "The weights that a run wrote.")
    var weights: String

    @Option(help: "Kaggle folder, zip or CSV of FER-2013, or a folder of class folders.")
    var data: String?

    @Option(
        help: """
            public, private, test (both), training or validation. (default: the first of them that \
            the data has)
            """)
    var split: SplitChoice?

    @Option(help: "Views of a picture whose probabilities are averaged: none or flip.")
    var tta = TestTimeAugmentation.none

    @Flag(help: "Count and leave out damaged pictures.")
    var skipDamaged = false

    @Option(help: "The number of threads. (default: as many as processors)")
    var threads: Int?

    @Flag(help: "Print one JSON object.")
    var json = false

    func validate() throws {
        if let threads, threads < 1 { throw ValidationError("--threads is 1 or more.") }
    }

    func run() throws {
        let network = try Sequential(contentsOf: URL(filePath: weights))
        guard network.inputShape.rank == 3 else {
            throw CommandError("\(weights): the network takes \(network.inputShape), not pictures")
        }
        let source = try DataSource.open(
            DataSource.defaultPath(option: data), input: network.inputShape,
            classNames: network.classNames.isEmpty ? nil : network.classNames,
            skipsDamaged: skipDamaged, seed: 42)
        if let first = source.skipped.first {
            Terminal.note("left out \(source.skipped.count) damaged pictures; the first: \(first)")
        }
        guard let split = split ?? source.splits.first else {
            throw CommandError("there are no pictures to evaluate on")
        }
        let dataset = try source.dataset(split)
        try checkFit(network, dataset)
        let evaluation = try network.evaluate(
            on: dataset, augmentation: tta,
            threads: threads ?? ProcessInfo.processInfo.activeProcessorCount)
        if json {
            Terminal.output(object(evaluation, split: split).description)
        } else {
            Terminal.output("\(split.rawValue)  \(evaluation)")
        }
    }

    /// Checks that the pictures are what the network was trained for.
    private func checkFit(_ network: Sequential, _ dataset: ImageDataset) throws {
        let shape: Shape = [dataset.height, dataset.width, dataset.channels]
        guard shape == network.inputShape else {
            throw CommandError(
                "\(weights): the network takes pictures of \(network.inputShape), not \(shape)")
        }
        guard network.classNames.isEmpty || network.classNames == dataset.classNames,
            network.outputShape == [dataset.classNames.count]
        else {
            throw CommandError(
                "\(weights): the network knows \(network.classNames.joined(separator: ", ")); the "
                    + "data has \(dataset.classNames.joined(separator: ", "))")
        }
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
            "labels": .array(evaluation.classNames.map { .string($0) }),
            "confusion": .array(confusion.rows.map { .array($0.map { .integer($0) }) }),
            "perClass": .object(JSONObject(classes)),
        ]
    }
}

extension TestTimeAugmentation: ExpressibleByArgument {}
