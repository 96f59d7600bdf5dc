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

    init(json: Bool) {
        self.json = json
    }

    /// Prints a line of the report; in the way of nobody who reads the JSON.
    func say(_ line: String) {
        // A line that is lost is no reason to end a training; `finish` reports a full disk.
        if json { Terminal.note(line) } else { _ = try? Terminal.output(line) }
    }

    /// Prints something on the side.
    func note(_ line: String) {
        bar?.clear()
        Terminal.note(line)
    }

    /// Counts the damaged pictures, and names the first of them.
    func showSkipped(_ skipped: [String]) {
        guard let first = skipped.first else { return }
        note("left out \(skipped.count) damaged or unusable; the first: \(first)")
    }

    /// Prints what is about to happen.
    func begin(
        _ network: Sequential, _ configuration: TrainingConfiguration, training: ImageDataset,
        validation: ImageDataset
    ) {
        epochCount = configuration.epochs
        let batchSize = configuration.batchSize
        stepsPerEpoch = (training.count + batchSize - 1) / batchSize
        say(
            "\(Format.count(network.parameterCount)) parameters, "
                + "\(Format.count(training.count)) pictures of \(training.classNames.count) "
                + "classes, \(Format.count(validation.count)) for validation, "
                + "\(configuration.threads) threads, seed \(configuration.seed)")
    }

    /// Prints where a run goes on.
    func resume(_ run: borrowing TrainingRun, from checkpoint: TrainingCheckpoint?) {
        guard let checkpoint else {
            say("the run was stopped before its first checkpoint: beginning anew")
            return
        }
        if run.isFinished {
            say("the run is finished already; its last epoch was:")
            if let last = run.history.epochs.last { say(last.description) }
            return
        }
        let progress = checkpoint.progress
        say(
            "going on with epoch \(progress.epochs + 1)/\(epochCount) after step "
                + "\(progress.stepsInEpoch)/\(stepsPerEpoch)")
        if !checkpoint.isOfThisProcessor {
            note(
                "note: the run began on another kind of processor, or with another OpenBLAS; its "
                    + "weights may differ in their last bits")
        }
    }

    /// Calls `body`, and removes the bar if it throws, so that the error gets a line of its own.
    func whileShowingProgress<Result>(_ body: () throws -> Result) rethrows -> Result {
        defer {
            bar?.clear()
            bar = nil
        }
        return try body()
    }

    /// Moves the bar.
    func showStep(of trainer: borrowing Trainer) {
        let progress = trainer.progress
        let bar =
            self.bar
            ?? ProgressBar(
                "epoch \(progress.epochs + 1)/\(epochCount)", total: stepsPerEpoch,
                completedBefore: progress.stepsInEpoch)
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
    ///
    /// - Throws: `OutputError` where it cannot be printed.
    func finish(_ history: History, weights: URL) throws {
        let weights = weights.path(percentEncoded: false)
        guard let last = history.epochs.last else { return }
        if last.epoch < epochCount, let best = history.best {
            say("ended early: no epoch was better than epoch \(best.epoch)")
        }
        let images = history.epochs.reduce(0) { $0 + $1.count }
        let trainingSeconds = history.epochs.reduce(0) {
            $0 + Double($1.count) / max($1.imagesPerSecond, 1e-9)
        }
        let imagesPerSecond = Double(images) / max(trainingSeconds, 1e-9)
        guard json else {
            try Terminal.output(
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
        try Terminal.output(object.description)
    }
}

extension DataSource {
    /// The figures on FER-2013's test sets where both halves are there: each of them, and the two
    /// together, which older papers call the test set.
    func testLine(of trainer: borrowing Trainer) throws -> String? {
        guard case .fer2013(let faces) = self, faces.availableSplits.contains(.publicTest),
            faces.availableSplits.contains(.privateTest)
        else { return nil }
        let sets = [
            ("PublicTest", try faces.publicTest), ("PrivateTest", try faces.privateTest),
            ("both", try faces.test),
        ]
        var figures: [String] = []
        for (name, dataset) in sets {
            let result = try trainer.evaluate(on: dataset)
            figures.append(
                "\(name) \(Format.decimal(result.accuracy, digits: 4)) ± "
                    + Format.decimal(result.standardError, digits: 4))
        }
        return "accuracy after the last epoch: " + figures.joined(separator: "  ")
    }
}
