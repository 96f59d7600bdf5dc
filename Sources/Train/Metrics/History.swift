/// The reports of all epochs of a run so far.
public struct History: Hashable, Codable, Sendable {
    /// The reports in the order of the epochs.
    public private(set) var epochs: [EpochReport]

    /// Creates a history.
    public init(_ epochs: [EpochReport] = []) {
        self.epochs = epochs
    }

    /// Adds the report of the next epoch.
    public mutating func append(_ report: EpochReport) {
        epochs.append(report)
    }

    /// The first epoch of the highest validation accuracy, or training accuracy where there is no
    /// validation; `nil` before the first epoch.
    ///
    /// - Complexity: O(*n*) in the number of epochs.
    public var best: EpochReport? {
        epochs.reduce(nil) { best, report in
            guard let best else { return report }
            return report.score > best.score ? report : best
        }
    }
}

extension EpochReport {
    /// What the best epoch has most of.
    fileprivate var score: Double {
        let accuracy = validationAccuracy ?? accuracy
        // Nothing is above a value that is not a number: as the first it would stay the best.
        return accuracy.isFinite ? accuracy : -.infinity
    }
}
