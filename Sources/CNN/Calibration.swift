public import Tensor

/// How a network's logits become probabilities that mean what they say.
///
/// A network that was trained for long is too sure of itself. Its logits are divided by a
/// temperature, which is found on pictures that it did not learn from, so that of the answers that
/// it gives with a probability of 0.7 about 70 in 100 are right (Guo et al., arXiv 1706.04599).
/// Which class is the likeliest does not change.
public struct Calibration: Hashable, Codable, Sendable {
    /// The temperatures that make sense; further ones leave of probabilities nothing but 0, 1 or
    /// chance.
    private static let temperatures = 0.01...100.0

    /// What logits are divided by, 0.01 to 100; 1 changes nothing.
    public var temperature: Double
    /// The data that the temperature was found on.
    public var fittedOn: String

    /// Describes a calibration.
    ///
    /// - Precondition: The temperature is 0.01 to 100.
    public init(temperature: Double, fittedOn: String) {
        require(
            Self.temperatures.contains(temperature),
            "a temperature is 0.01 to 100, not \(temperature)")
        self.temperature = temperature
        self.fittedOn = fittedOn
    }

    /// The probabilities of the classes.
    ///
    /// - Parameter logits: `[..., classes]`.
    /// - Returns: As many as there are logits, in their shape.
    public func probabilities(ofLogits logits: Tensor) -> Tensor {
        (logits / Float(temperature)).softmax(axis: -1)
    }
}

extension Calibration {
    /// Reads a calibration; one that makes no sense is damaged.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let temperature = try values.decode(Double.self, forKey: .temperature)
        guard Self.temperatures.contains(temperature) else {
            throw DecodingError.dataCorruptedError(
                forKey: .temperature, in: values, debugDescription: "a temperature is 0.01 to 100")
        }
        self.init(
            temperature: temperature, fittedOn: try values.decode(String.self, forKey: .fittedOn))
    }
}
