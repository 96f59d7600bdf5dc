import ArgumentParser
import CNN
import CommandSupport
import Foundation
import Tensor
import Train

/// `train export`: makes of saved weights a file to hand out.
struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write weights in half precision, measured and calibrated as they are written.",
        discussion: """
            Halves the file, evaluates what is left of the numbers, and notes in the file its \
            accuracy and the temperature at which its probabilities fit best.

            Examples:
              train export --weights Runs/expression-1/last.safetensors --output my.safetensors
            """)

    @Option(help: ArgumentHelp("The weights that a run wrote.", valueName: "file"))
    var weights: String

    @Option(help: ArgumentHelp("The file to write.", valueName: "file"))
    var output: String

    @Option(
        help: ArgumentHelp(
            "Kaggle folder, zip or CSV of FER-2013, or any folder of class folders.",
            valueName: "path"))
    var data: String?

    @Option(
        help: ArgumentHelp(
            "The part of the data to measure and calibrate on: public, or validation. "
                + "(default: the first of these that there is)", valueName: "name"))
    var split: SplitChoice?

    @Flag(help: "Count and leave out damaged pictures.")
    var skipDamaged = false

    func validate() throws {
        if split == .private || split == .test {
            throw ValidationError("nothing is chosen by PrivateTest; --split is another.")
        }
    }

    func run() throws {
        let members = try Members([weights])
        let path = DataSource.defaultPath(option: data)
        let source = try DataSource.open(
            path, input: members.input, classNames: members.classNames, skipsDamaged: skipDamaged,
            seed: 42)
        let choices: [SplitChoice] = [.public, .validation, .test]
        guard let split = split ?? choices.first(where: source.splits.contains) else {
            throw CommandError("\(path): holds no pictures but those to learn from")
        }
        let dataset = try source.dataset(split)
        try members.checkFit(dataset)
        let file = URL(filePath: output)
        try Sequential(contentsOf: URL(filePath: weights)).save(to: file, as: .float16)
        // What half precision leaves of the numbers is what is used.
        var network = try Sequential(contentsOf: file)
        let evaluation = try network.evaluate(on: dataset)
        network.calibration = evaluation.reliability?.best
        network.measuredAccuracy = evaluation.measuredAccuracy(on: dataset.name)
        try network.save(to: file, as: .float16)
        try Terminal.output("\(dataset.name)  \(evaluation.summary)")
        if let calibration = network.calibration {
            try Terminal.output("temperature \(Format.decimal(calibration.temperature, digits: 2))")
        }
    }
}
