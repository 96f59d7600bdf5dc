public import CNN

/// Whether a network's probabilities mean what they say.
///
/// The calibration error is the mean distance between the probability of the winning class and the
/// share of winners that are right, over 15 ranges of probability, each weighted by its samples
/// (Naeini et al., AAAI 2015, with the ranges of Guo et al., arXiv 1706.04599).
public struct Reliability: Hashable, Codable, Sendable {
    /// The calibration error of the softmax of the logits.
    public var error: Double
    /// The calibration that the network carries.
    public var calibration: Calibration?
    /// The calibration error with it.
    public var calibratedError: Double?
    /// The calibration that suits these samples best, for a network that did not learn from them.
    public var best: Calibration

    /// Whether the network's calibration was found on the very data that it is measured on, where
    /// its error says little about other pictures.
    public var isMeasuredWhereFitted: Bool { calibration?.fittedOn == best.fittedOn }

    /// Measures the logits of labeled samples.
    init(_ logits: LabeledLogits, calibration: Calibration?, name: String) {
        error = logits.calibrationError(temperature: 1)
        self.calibration = calibration
        calibratedError = calibration.map { logits.calibrationError(temperature: $0.temperature) }
        best = Calibration(temperature: logits.bestTemperature, fittedOn: name)
    }
}

extension Reliability: CustomStringConvertible {
    /// One line: `calibration error 0.081; 0.017 at the temperature 1.35 found on PublicTest`, and
    /// `, the split measured` where it is that.
    public var description: String {
        let line = "calibration error \(error.fixed(3))"
        guard let calibration, let calibratedError else { return line }
        return line + "; \(calibratedError.fixed(3)) at the temperature "
            + "\(calibration.temperature.fixed(2)) found on \(calibration.fittedOn)"
            + (isMeasuredWhereFitted ? ", the split measured" : "")
    }
}
