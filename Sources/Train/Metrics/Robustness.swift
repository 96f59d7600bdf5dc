/// How well networks do on pictures as they are, and with each corruption in each strength.
public struct Robustness: Hashable, Sendable {
    /// The accuracy on the pictures as they are.
    public let clean: Double
    /// The accuracies with each corruption, from the least strength.
    public let corrupted: [Corruption: [Double]]

    /// Measures all corruptions of a data set.
    ///
    /// - Parameters:
    ///   - clean: The accuracy on the pictures as they are.
    ///   - dataset: These pictures.
    ///   - accuracy: What measures the networks on pictures.
    /// - Throws: What `accuracy` throws.
    public init(
        clean: Double, of dataset: ImageDataset, accuracy: (ImageDataset) throws -> Double
    ) rethrows {
        self.clean = clean
        var corrupted: [Corruption: [Double]] = [:]
        for corruption in Corruption.allCases {
            corrupted[corruption] = try Corruption.strengths.map {
                try accuracy(dataset.corrupted(by: corruption, strength: $0))
            }
        }
        self.corrupted = corrupted
    }
}

extension Robustness: CustomStringConvertible {
    /// A table of accuracies: a line for each corruption, a column for each strength.
    public var description: String {
        let strengths = Corruption.strengths.map { "strength \($0)" }
        var table = TextTable(header: ["corruption", "none"] + strengths)
        for corruption in Corruption.allCases {
            table.append(
                [corruption.rawValue]
                    + ([clean] + (corrupted[corruption] ?? [])).map { $0.fixed(3) })
        }
        return table.description
    }
}
