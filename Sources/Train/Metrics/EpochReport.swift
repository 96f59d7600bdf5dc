/// What one pass over the training data gave.
public struct EpochReport: Hashable, Codable, Sendable {
    /// The number of the epoch, from 1.
    public var epoch: Int
    /// The number of epochs of the whole run, where it is known.
    public var epochCount: Int?
    /// The mean training loss of a sample, while the network was still changing.
    public var loss: Double
    /// The training accuracy, 0...1: the running mean over the epoch, with dropout.
    public var accuracy: Double
    /// The number of training samples.
    public var count: Int
    /// The mean validation loss of a sample after the epoch.
    public var validationLoss: Double?
    /// The validation accuracy after the epoch, 0...1.
    public var validationAccuracy: Double?
    /// The number of validation samples.
    public var validationCount: Int
    /// The learning rate of the last step.
    public var learningRate: Double
    /// The training images per second, validation left out.
    public var imagesPerSecond: Double
    /// The time of the epoch in seconds, validation included.
    public var seconds: Double

    /// Creates a report; without validation data its figures stay `nil`.
    public init(
        epoch: Int, epochCount: Int? = nil, loss: Double, accuracy: Double, count: Int,
        validationLoss: Double? = nil, validationAccuracy: Double? = nil, validationCount: Int = 0,
        learningRate: Double, imagesPerSecond: Double, seconds: Double
    ) {
        self.epoch = epoch
        self.epochCount = epochCount
        self.loss = loss
        self.accuracy = accuracy
        self.count = count
        self.validationLoss = validationLoss
        self.validationAccuracy = validationAccuracy
        self.validationCount = validationCount
        self.learningRate = learningRate
        self.imagesPerSecond = imagesPerSecond
        self.seconds = seconds
    }

    /// The standard error of the training accuracy.
    public var standardError: Double {
        standardErrorOfAccuracy(accuracy, count: count)
    }

    /// The standard error of the validation accuracy.
    public var validationStandardError: Double? {
        validationAccuracy.map { standardErrorOfAccuracy($0, count: validationCount) }
    }
}

extension EpochReport: CustomStringConvertible {
    /// One line with the losses and the accuracies ± their standard errors.
    public var description: String {
        let number = String(epoch)
        let total = epochCount.map { "/\($0)" } ?? ""
        let padding = String(repeating: " ", count: max(0, total.count - 1 - number.count))
        var line =
            "epoch \(padding)\(number)\(total)  loss \(loss.fixed(3))"
            + "  accuracy \(accuracy.fixed(3)) ± \(standardError.fixed(3))"
        if let validationLoss, let validationAccuracy, let validationStandardError {
            line +=
                "  validation loss \(validationLoss.fixed(3))  accuracy "
                + "\(validationAccuracy.fixed(3)) ± \(validationStandardError.fixed(3))"
        }
        return line + "  \(imagesPerSecond.fixed(0)) images/s"
    }
}
