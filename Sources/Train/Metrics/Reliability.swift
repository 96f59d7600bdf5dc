public import CNN

/// Whether a network's probabilities mean what they say.
///
/// The expected calibration error is the mean distance between the probability of the winning class
/// and the share of winners that are right, over 15 bins of probability, each weighted by its samples
/// (Naeini et al., AAAI 2015, with the bins of Guo et al., arXiv 1706.04599).
public struct Reliability: Hashable, Codable, Sendable {
    /// The samples whose winning class has a probability in one range.
    public struct Bin: Hashable, Codable, Sendable {
        /// The number of samples.
        public var count = 0
        /// The mean probability of the winning class; 0 without samples.
        public var confidence = 0.0
        /// The part of the winners that are right; 0 without samples.
        public var accuracy = 0.0
    }

    /// The calibration error of the softmax of the logits.
    public var error: Double
    /// What it consists of: bins of one width from 0 to 1.
    public var bins: [Bin]
    /// The calibration that the network carries.
    public var calibration: Calibration?
    /// The calibration error with it.
    public var calibratedError: Double?
    /// The bins with it.
    public var calibratedBins: [Bin]?
    /// The calibration that suits these samples best, for a network that did not learn from them.
    public var best: Calibration
    /// The calibration error of each half of the samples at the temperature that suits the other
    /// half best, in the mean: what `best` may be worth elsewhere.
    public var crossFittedError: Double

    /// Whether the network's calibration was found on the very data that it is measured on, where
    /// its error says little about other pictures.
    public var isMeasuredWhereFitted: Bool { calibration?.fittedOn == best.fittedOn }

    /// Measures what is said about pictures whose classes are known.
    init(_ predictions: Predictions, calibration: Calibration?) {
        self.calibration = calibration
        bins = predictions.confidences(temperature: 1)
        error = Self.error(of: bins)
        calibratedBins = calibration.map { predictions.confidences(temperature: $0.temperature) }
        calibratedError = calibratedBins.map(Self.error)
        best = Calibration(temperature: predictions.bestTemperature, fittedOn: predictions.name)
        // Samples come sorted by class: every second one is of the same mixture.
        let halves = [0, 1].map { half in
            predictions.selecting(stride(from: half, to: predictions.labels.count, by: 2))
        }
        crossFittedError =
            zip(halves, halves.reversed()).reduce(0) { sum, halves in
                let temperature = halves.0.bestTemperature
                return sum + Self.error(of: halves.1.confidences(temperature: temperature))
            } / 2
    }

    /// The mean distance between how sure the network is and how often it is right; 0 without
    /// samples.
    static func error(of bins: [Bin]) -> Double {
        let count = bins.reduce(0) { $0 + $1.count }
        let distances = bins.map { Double($0.count) * abs($0.confidence - $0.accuracy) }
        return distances.reduce(0, +) / Double(max(count, 1))
    }
}

extension Reliability: CustomStringConvertible {
    /// One line: `calibration error 0.081; 0.018 at temperatures found on the other half; 0.017 at
    /// the temperature 1.35 found on PublicTest`, and `, the split measured` where it is that.
    public var description: String {
        let line =
            "calibration error \(error.fixed(3)); \(crossFittedError.fixed(3)) at temperatures found "
            + "on the other half"
        guard let calibration, let calibratedError else { return line }
        return line + "; \(calibratedError.fixed(3)) at the temperature "
            + "\(calibration.temperature.fixed(2)) found on \(calibration.fittedOn)"
            + (isMeasuredWhereFitted ? ", the split measured" : "")
    }
}
