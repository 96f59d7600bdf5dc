/// How well networks do on pictures as they are, and with each corruption in each strength.
public struct Robustness: Sendable {
    /// The pictures as they are.
    public let clean: Evaluation
    /// The pictures with each corruption, from the least strength.
    public let corrupted: [Corruption: [Evaluation]]

    /// Evaluates all corruptions of a data set.
    ///
    /// - Parameters:
    ///   - dataset: The pictures as they are.
    ///   - evaluate: How well the networks do on pictures.
    /// - Throws: What `evaluate` throws.
    public init(
        on dataset: ImageDataset, evaluate: (ImageDataset) throws -> Evaluation
    ) rethrows {
        clean = try evaluate(dataset)
        var corrupted: [Corruption: [Evaluation]] = [:]
        for corruption in Corruption.allCases {
            corrupted[corruption] = try Corruption.strengths.map {
                try evaluate(dataset.corrupted(by: corruption, strength: $0))
            }
        }
        self.corrupted = corrupted
    }
}

extension Robustness: CustomStringConvertible {
    /// A table of accuracies: a line for each corruption, a column for each strength.
    public var description: String {
        var table = TextTable(
            header: ["corruption"] + Corruption.strengths.map { "strength \($0)" })
        for corruption in Corruption.allCases {
            table.append(
                [corruption.rawValue]
                    + (corrupted[corruption] ?? []).map { $0.accuracy.fixed(3) })
        }
        return table.description
    }
}
