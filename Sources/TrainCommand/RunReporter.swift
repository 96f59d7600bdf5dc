import CNN
import CommandSupport
import Foundation
import Train

/// Prints what a run does: lines and a progress bar for people, one object for programs.
final class RunReporter {
    private let json: Bool
    private var bar: ProgressBar?
    private var epochCount = 0
    private var stepsPerEpoch = 0
    private var batchSize = 0
    private var trainingCount = 0

    init(json: Bool) {
        self.json = json
    }

    /// Prints a result; in the way of nobody who reads the JSON.
    func say(_ line: String) {
        if json { Terminal.note(line) } else { Terminal.output(line) }
    }

    /// Prints something on the side.
    func note(_ line: String) {
        bar?.clear()
        Terminal.note(line)
    }

    /// Counts the damaged pictures, and names the first of them.
    func showSkipped(_ skipped: [String]) {
        guard let first = skipped.first else { return }
        note("left out \(skipped.count) damaged pictures or rows; the first: \(first)")
    }

    /// Prints what is about to happen.
    func begin(
        _ network: Sequential, _ configuration: TrainingConfiguration, folder: RunFolder,
        training: ImageDataset, validation: ImageDataset
    ) {
        epochCount = configuration.epochs
        trainingCount = training.count
        batchSize = configuration.batchSize
        stepsPerEpoch = (training.count + batchSize - 1) / batchSize
        say(
            "\(Format.count(network.parameterCount)) parameters, "
                + "\(Format.count(training.count)) pictures of \(training.classNames.count) "
                + "classes, \(Format.count(validation.count)) for validation, "
                + "\(configuration.threads) threads, seed \(configuration.seed)")
        say("writing to \(folder.url.path(percentEncoded: false))")
    }

    /// Moves the bar.
    func showStep(of trainer: borrowing Trainer) {
        let progress = trainer.progress
        let bar =
            self.bar
            ?? ProgressBar("epoch \(progress.epochs + 1)/\(epochCount)", total: stepsPerEpoch)
        self.bar = bar
        let running = progress.running
        bar.update(
            completed: progress.stepsInEpoch,
            details: "loss \(Format.decimal(running.meanLoss))  accuracy "
                + "\(Format.decimal(running.accuracy))  "
                + "\(Format.decimal(Double(running.count) / progress.seconds, digits: 0)) images/s")
    }

    /// Prints an epoch's line.
    func showEpoch(_ report: EpochReport) {
        bar?.clear()
        bar = nil
        say(report.description)
    }

    /// Prints the JSON, or where the weights are.
    func finish(_ history: History, weights: String) {
        guard let last = history.epochs.last else { return }
        let images = history.epochs.reduce(0) { $0 + $1.count }
        let trainingSeconds = history.epochs.reduce(0) {
            $0 + Double($1.count) / max($1.imagesPerSecond, 1e-9)
        }
        let imagesPerSecond = Double(images) / max(trainingSeconds, 1e-9)
        guard json else {
            say(
                "weights: \(weights)  (\(Format.decimal(imagesPerSecond, digits: 0)) images/s, "
                    + "peak memory \(Format.bytes(ProcessMemory.peakBytes)))")
            return
        }
        func number(_ value: Double?) -> JSONValue { value.map(JSONValue.number) ?? .null }
        let object: JSONObject = [
            "epochs": .integer(history.epochs.count),
            "loss": .number(last.loss),
            "accuracy": .number(last.accuracy),
            "validationLoss": number(last.validationLoss),
            "validationAccuracy": number(last.validationAccuracy),
            "standardError": number(last.validationStandardError),
            "imagesPerSecond": .number(imagesPerSecond),
            "seconds": .number(history.epochs.reduce(0) { $0 + $1.seconds }),
            "peakBytes": .integer(ProcessMemory.peakBytes),
            "weights": .string(weights),
        ]
        Terminal.output(object.description)
    }
}

extension DataSource {
    /// The figures on FER-2013's test sets where they are there: both halves, and the two together,
    /// which older papers call the test set.
    func testLine(of trainer: borrowing Trainer) throws -> String? {
        guard case .fer2013(let faces) = self else { return nil }
        func figure(_ name: String, _ dataset: ImageDataset) throws -> String {
            let result = try trainer.evaluate(on: dataset)
            return "\(name) \(Format.decimal(result.accuracy, digits: 4)) ± "
                + Format.decimal(result.standardError, digits: 4)
        }
        var figures: [String] = []
        if faces.availableSplits.contains(.publicTest) {
            figures.append(try figure("PublicTest", faces.publicTest))
        }
        if faces.availableSplits.contains(.privateTest) {
            figures.append(try figure("PrivateTest", faces.privateTest))
            figures.append(try figure("both", faces.test))
        }
        return "after the last epoch: " + figures.joined(separator: "  ")
    }
}
