import CNN
import CommandSupport
import Foundation
import Train

/// What `train evaluate` found out.
struct EvaluationReport {
    let split: String
    /// What the data set is called.
    private let name: String
    let evaluation: Evaluation
    /// The number of pictures that are among the training pictures of this data; nil where there are
    /// none to compare with.
    let duplicates: Int?
    /// How well the network does on the others, where there are both.
    let withoutDuplicates: Evaluation?
    let robustness: Robustness?

    /// - Parameters:
    ///   - split: The name of the split.
    ///   - predictions: What was said about its pictures.
    ///   - calibration: That of what said it.
    ///   - duplicates: The positions of the pictures that are among the training pictures.
    ///   - robustness: How well it goes with corruptions, where that was asked for.
    init(
        split: String, predictions: Predictions, calibration: Calibration?, duplicates: [Int]?,
        robustness: Robustness?
    ) {
        self.split = split
        name = predictions.name
        self.robustness = robustness
        evaluation = predictions.evaluation(calibration: calibration)
        self.duplicates = duplicates?.count
        let known = Set(duplicates ?? [])
        let others = predictions.labels.indices.filter { !known.contains($0) }
        withoutDuplicates =
            known.isEmpty || others.isEmpty ? nil : predictions.selecting(others).evaluation()
    }

    /// Makes the folder of the drawings.
    ///
    /// - Throws: `CommandError` where that cannot be.
    static func createFolder(_ path: String) throws {
        do {
            try FileManager.default.createDirectory(
                at: URL(filePath: path), withIntermediateDirectories: true)
        } catch {
            throw CommandError(
                "\(path): the folder cannot be made: \(error.localizedDescription)")
        }
    }

    /// Draws the confusion matrix and the reliability diagram.
    ///
    /// - Throws: `FileError` where the folder cannot be written.
    func draw(into folder: URL) throws {
        try Figure.confusionMatrix(of: evaluation, title: "Confusion on \(name)")
            .write(to: folder, named: "confusion")
        guard let reliability = evaluation.reliability else { return }
        try Figure.reliability(of: reliability, title: "Reliability on \(name)")
            .write(to: folder, named: "reliability")
    }
}

extension EvaluationReport: CustomStringConvertible {
    var description: String {
        var parts = ["\(split)  \(evaluation)"]
        if let duplicates, duplicates > 0 {
            parts.append(
                "\(duplicates) of them \(duplicates == 1 ? "is" : "are") among the training pictures, "
                    + "byte by byte"
                    + (withoutDuplicates.map { "; the others: \($0.summary)" } ?? ""))
        }
        if let robustness { parts.append("accuracy with corruptions\n\n\(robustness)") }
        return parts.joined(separator: "\n\n")
    }
}

extension EvaluationReport {
    /// The JSON object.
    var object: JSONObject {
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
            "split": .string(split),
            "images": .integer(evaluation.count),
            "accuracy": .number(evaluation.accuracy),
            "standardError": .number(evaluation.standardError),
            "loss": .number(evaluation.loss),
            "macroF1": .number(confusion.macroF1),
            "calibration": calibration,
            "duplicates": duplicates.map { count in
                [
                    "images": .integer(count),
                    "accuracyWithout": withoutDuplicates.map { .number($0.accuracy) } ?? .null,
                    "standardErrorWithout": withoutDuplicates.map { .number($0.standardError) }
                        ?? .null,
                ]
            } ?? .null,
            "corruptions": robustness.map(object(of:)) ?? .null,
            "labels": .array(evaluation.classNames.map { .string($0) }),
            "confusion": .array(confusion.rows.map { .array($0.map { .integer($0) }) }),
            "perClass": .object(JSONObject(classes)),
        ]
    }

    /// What the network's probabilities are worth; null where that was not measured.
    private var calibration: JSONValue {
        guard let reliability = evaluation.reliability else { return .null }
        let calibration = reliability.calibration
        return .object([
            "error": .number(reliability.error),
            "crossFittedError": .number(reliability.crossFittedError),
            "temperature": calibration.map { .number($0.temperature) } ?? .null,
            "fittedOn": calibration.map { .string($0.fittedOn) } ?? .null,
            "measuredWhereFitted": .bool(reliability.isMeasuredWhereFitted),
            "calibratedError": reliability.calibratedError.map { .number($0) } ?? .null,
        ])
    }

    /// The accuracies of each corruption, from the least strength.
    private func object(of robustness: Robustness) -> JSONValue {
        .object(
            JSONObject(
                Corruption.allCases.map { corruption in
                    let accuracies = robustness.corrupted[corruption] ?? []
                    return (corruption.rawValue, .array(accuracies.map { .number($0) }))
                }))
    }
}
