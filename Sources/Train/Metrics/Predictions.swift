public import CNN
import Foundation
import Kernels
import Tensor

/// What a network, or a vote of several, says about pictures whose classes are known.
public struct Predictions: Sendable {
    /// The name of each class.
    public let classNames: [String]
    /// What reports call the pictures.
    public let name: String
    /// The class of each picture.
    public let labels: [Int32]
    /// The logits of each picture, `[count, classes]`; of a vote, the logarithms of the mean
    /// probabilities.
    public private(set) var logits: [Float] = []

    /// The beginning of predictions for all pictures of a data set.
    init(of dataset: ImageDataset) {
        self.init(classNames: dataset.classNames, name: dataset.name, labels: dataset.labels)
    }

    init(classNames: [String], name: String, labels: [Int32], logits: [Float] = []) {
        self.classNames = classNames
        self.name = name
        self.labels = labels
        self.logits = logits
        self.logits.reserveCapacity(labels.count * classNames.count)
    }

    /// Averages probabilities over networks, or over views of the pictures.
    ///
    /// - Parameter members: What each says about the same pictures; a single one is the vote itself.
    /// - Precondition: There is one or more, all of the same pictures in the same classes.
    public init(vote members: [Predictions]) {
        require(!members.isEmpty, "a vote needs one member or more")
        for member in members.dropFirst() {
            require(
                member.classNames == members[0].classNames && member.labels == members[0].labels,
                "predictions of [\(member.labels.count), \(member.classCount)] do not vote with "
                    + "those of [\(members[0].labels.count), \(members[0].classCount)]: the "
                    + "pictures or their classes are others")
        }
        self = members[0]
        guard members.count > 1 else { return }
        let softmax = SoftmaxRows(classes: classNames.count)
        var sums = [Float](repeating: 0, count: logits.count)
        for member in members {
            var probabilities = sums
            softmax.forward(member.logits, rows: labels.count, into: &probabilities)
            for index in sums.indices { sums[index] += probabilities[index] }
        }
        // The smallest number keeps the logarithm of a probability of 0 finite.
        logits = sums.map { log(max($0 / Float(members.count), .leastNormalMagnitude)) }
    }

    /// The number of classes.
    public var classCount: Int { classNames.count }

    /// Adds the logits of the next pictures.
    mutating func append(_ logits: UnsafeBufferPointer<Float>) {
        self.logits.append(contentsOf: logits)
    }

    /// What is said about the pictures at the given positions, in that order.
    ///
    /// - Precondition: There is a picture at each position.
    public func selecting(_ indices: some Sequence<Int>) -> Predictions {
        let indices = Array(indices)
        return Predictions(
            classNames: classNames, name: name, labels: indices.map { labels[$0] },
            logits: indices.flatMap { logits[$0 * classCount..<($0 + 1) * classCount] })
    }

    /// The part of the pictures whose class was found, 0...1; 0 without pictures.
    public var accuracy: Double {
        let softmax = SoftmaxRows(classes: classCount)
        let correct = logits.withUnsafeBufferPointer { logits in
            labels.indices.count { sample in
                logits.baseAddress.map { softmax.winner($0 + sample * classCount) }
                    == Int(labels[sample])
            }
        }
        return Double(correct) / Double(max(labels.count, 1))
    }

    /// How well that is.
    ///
    /// - Parameters:
    ///   - loss: How losses are computed.
    ///   - calibration: The calibration that the network carries.
    /// - Returns: The evaluation.
    public func evaluation(
        loss: SoftmaxCrossEntropy = SoftmaxCrossEntropy(), calibration: Calibration? = nil
    ) -> Evaluation {
        var targets = [Float](repeating: 0, count: logits.count)
        var confusion = ConfusionMatrix(classCount: classCount)
        let softmax = SoftmaxRows(classes: classCount)
        let result = logits.withUnsafeBufferPointer { logits in
            for (sample, label) in labels.enumerated() {
                guard let start = logits.baseAddress else { break }
                targets[sample * classCount + Int(label)] = 1
                confusion.record(
                    truth: Int(label), predicted: softmax.winner(start + sample * classCount))
            }
            return targets.withUnsafeBufferPointer { targets in
                loss.evaluate(logits: logits, targets: targets, classes: classCount, gradient: nil)
            }
        }
        return Evaluation(
            loss: result.meanLoss, confusion: confusion, classNames: classNames,
            reliability: Reliability(self, calibration: calibration))
    }
}
