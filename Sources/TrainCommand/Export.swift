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
            Halves the file, evaluates what is left of the numbers on PublicTest, or on the \
            validation pictures of other data, and notes in the file its accuracy and the \
            temperature at which its probabilities fit best.

            Examples:
              train export --weights Runs/expression-1/last.safetensors --output my.safetensors
            """)

    @Option(help: ArgumentHelp("The weights that a run wrote.", valueName: "file"))
    var weights: String

    @Option(help: ArgumentHelp("The file to write.", valueName: "file"))
    var output: String

    @OptionGroup var options: MeasuringOptions

    func run() throws {
        let ensemble = try Ensemble([weights])
        let dataset = try dataset(for: ensemble)
        try ensemble.checkFit(dataset)
        // What half precision leaves of the numbers is what will be used, and what is measured.
        var network = try Sequential(contentsOf: URL(filePath: weights)).inHalfPrecision()
        let evaluation = try network.evaluate(
            on: dataset, threads: options.threadCount)
        network.calibration = evaluation.reliability?.best
        network.measuredAccuracy = evaluation.measuredAccuracy(on: dataset.name)
        try network.save(to: URL(filePath: output), as: .float16)
        if options.json {
            let object: JSONObject = [
                "accuracy": .number(evaluation.accuracy),
                "standardError": .number(evaluation.standardError),
                "measuredOn": .string(dataset.name),
                "temperature": network.calibration.map { .number($0.temperature) } ?? .null,
                "weights": .string(output),
            ]
            try Terminal.output(object.description)
        } else {
            try Terminal.output("\(dataset.name)  \(evaluation.summary)")
            try Terminal.output(evaluation.reliability?.description ?? "")
            try Terminal.output("weights: \(output)")
        }
    }

    /// The pictures by which weights are chosen: neither those they were learned from, nor those that
    /// are kept for the end.
    private func dataset(for ensemble: Ensemble) throws -> ImageDataset {
        let path = DataSource.defaultPath(option: options.data)
        guard options.data != nil || path != DataSource.syntheticName else {
            throw CommandError(
                "there are no pictures to measure the weights on; name them: --data PATH")
        }
        let source = try DataSource.open(path, for: ensemble, skipsDamaged: options.skipDamaged)
        guard let split = [.public, .validation].first(where: source.splits.contains) else {
            let names = source.splits.map(\.rawValue).joined(separator: ", ")
            throw CommandError(
                "\(path): holds neither PublicTest nor validation pictures, only: \(names)")
        }
        return try source.dataset(split)
    }
}
