public import CNN

/// Whether a network's probabilities mean what they say.
///
/// The calibration error is the mean distance between the probability of the winning class and the
/// share of winners that are right, over 15 ranges of probability, each weighted by its samples
/// (Naeini et al., AAAI 2015, with the ranges of Guo et al., arXiv 1706.04599).
public struct Reliability: Hashable, Codable, Sendable {
    /// The samples whose winning class has a probability in one range.
    public struct Range: Hashable, Codable, Sendable {
        /// The number of samples.
        public var count = 0
        /// The mean probability of the winning class; 0 without samples.
        public var confidence = 0.0
        /// The part of the winners that are right; 0 without samples.
        public var accuracy = 0.0
    }

    /// The calibration error of the softmax of the logits.
    public var error: Double
    /// What it consists of: ranges of one width from 0 to 1.
    public var ranges: [Range]
    /// The calibration that the network carries.
    public var calibration: Calibration?
    /// The calibration error with it.
    public var calibratedError: Double?
    /// The ranges with it.
    public var calibratedRanges: [Range]?
    /// The calibration that suits these samples best, for a network that did not learn from them.
    public var best: Calibration

    /// Whether the network's calibration was found on the very data that it is measured on, where
    /// its error says little about other pictures.
    public var isMeasuredWhereFitted: Bool { calibration?.fittedOn == best.fittedOn }

    /// Measures what is said about pictures whose classes are known.
    init(_ predictions: Predictions, calibration: Calibration?) {
        self.calibration = calibration
        ranges = predictions.confidences(temperature: 1)
        error = Self.error(of: ranges)
        calibratedRanges = calibration.map { predictions.confidences(temperature: $0.temperature) }
        calibratedError = calibratedRanges.map(Self.error)
        best = Calibration(temperature: predictions.bestTemperature, fittedOn: predictions.name)
    }

    /// The mean distance between how sure the network is and how often it is right; 0 without
    /// samples.
    static func error(of ranges: [Range]) -> Double {
        let count = ranges.reduce(0) { $0 + $1.count }
        let distances = ranges.map { Double($0.count) * abs($0.confidence - $0.accuracy) }
        return distances.reduce(0, +) / Double(max(count, 1))
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
