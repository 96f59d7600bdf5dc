public import CNN
import Tensor

/// How well a network does on a data set.
public struct Evaluation: Hashable, Codable, Sendable {
    /// The mean loss of a sample.
    public var loss: Double
    /// Which classes were taken for which.
    public var confusion: ConfusionMatrix
    /// The name of each class.
    public var classNames: [String]
    /// Whether the probabilities mean what they say, where that was measured.
    public var reliability: Reliability?

    /// Creates an evaluation.
    ///
    /// - Precondition: Every class of the matrix has a name.
    public init(
        loss: Double, confusion: ConfusionMatrix, classNames: [String],
        reliability: Reliability? = nil
    ) {
        require(
            classNames.count == confusion.classCount,
            "\(classNames.count) names for \(confusion.classCount) classes")
        self.loss = loss
        self.confusion = confusion
        self.classNames = classNames
        self.reliability = reliability
    }

    /// The number of samples.
    public var count: Int { confusion.count }

    /// The part of the samples whose class was found, 0...1.
    public var accuracy: Double { confusion.accuracy }

    /// The standard error of the accuracy.
    public var standardError: Double {
        standardErrorOfAccuracy(accuracy, count: count)
    }

    /// The accuracy as a network carries it; nil where nothing was evaluated.
    ///
    /// - Parameter name: What the evaluated data set is called.
    /// - Returns: The accuracy with the number of pictures and that name.
    public func measuredAccuracy(on name: String) -> MeasuredAccuracy? {
        count == 0 ? nil : MeasuredAccuracy(accuracy: accuracy, count: count, measuredOn: name)
    }
}

extension Evaluation: CustomStringConvertible {
    /// One line: `loss 1.045  accuracy 0.608 ± 0.008  macro-F1 0.571  3589 images`.
    public var summary: String {
        "loss \(loss.fixed(3))  accuracy \(accuracy.fixed(3)) ± \(standardError.fixed(3))"
            + "  macro-F1 \(confusion.macroF1.fixed(3))  \(count) images"
    }

    /// The summary, the figures of each class, and the confusion matrix, as text for a terminal.
    public var description: String {
        let summary = [summary, reliability?.description].compactMap(\.self)
        return [summary.joined(separator: "\n"), classTable, confusionTable]
            .joined(separator: "\n\n")
    }

    /// The precision, the recall, the F1 and the number of images of each class, one line each.
    public var classTable: String {
        var table = TextTable(header: ["class", "precision", "recall", "F1", "images"])
        for (label, name) in classNames.enumerated() {
            table.append([
                name, confusion.precision(of: label).fixed(3), confusion.recall(of: label).fixed(3),
                confusion.f1(of: label).fixed(3), String(confusion.count(ofTruth: label)),
            ])
        }
        return table.description
    }

    /// The confusion matrix: a line for each true class, a column for each prediction.
    public var confusionTable: String {
        var table = TextTable(header: ["truth \\ predicted"] + classNames)
        for (name, row) in zip(classNames, confusion.rows) {
            table.append([name] + row.map(String.init))
        }
        return table.description
    }
}
