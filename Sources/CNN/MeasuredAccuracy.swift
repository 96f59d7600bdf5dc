import Tensor

/// The part of the pictures of a data set whose class a network found.
public struct MeasuredAccuracy: Hashable, Codable, Sendable {
    /// The accuracy, 0...1.
    public var accuracy: Double
    /// The number of pictures, 1 or more.
    public var count: Int
    /// The data that it was measured on.
    public var measuredOn: String

    /// Describes a measurement.
    ///
    /// - Precondition: The accuracy is 0 to 1, of 1 picture or more.
    public init(accuracy: Double, count: Int, measuredOn: String) {
        require(
            Self.isPossible(accuracy, count), "no accuracy of \(count) pictures is \(accuracy)")
        self.accuracy = accuracy
        self.count = count
        self.measuredOn = measuredOn
    }

    /// The standard error of the accuracy, `sqrt(p (1 - p) / n)`.
    public var standardError: Double {
        (accuracy * (1 - accuracy) / Double(count)).squareRoot()
    }

    private static func isPossible(_ accuracy: Double, _ count: Int) -> Bool {
        0...1 ~= accuracy && count > 0
    }
}

extension MeasuredAccuracy {
    /// Reads a measurement; one that cannot be is damaged.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let accuracy = try values.decode(Double.self, forKey: .accuracy)
        let count = try values.decode(Int.self, forKey: .count)
        guard Self.isPossible(accuracy, count) else {
            throw DecodingError.dataCorruptedError(
                forKey: .accuracy, in: values, debugDescription: "an accuracy is 0 to 1")
        }
        self.init(
            accuracy: accuracy, count: count,
            measuredOn: try values.decode(String.self, forKey: .measuredOn))
    }
}
