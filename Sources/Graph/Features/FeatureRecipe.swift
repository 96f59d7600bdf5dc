/// How the vectors are made whose distance says how alike two songs are.
public struct FeatureRecipe: Hashable, Codable, Sendable {
    /// How the values of a feature are brought to a common scale.
    public enum Normalization: String, CaseIterable, Codable, Sendable {
        /// Less the mean, divided by the standard deviation.
        case standard
        /// The share of songs with a smaller value, so that every part of a scale that has as many
        /// songs is as wide; moved and scaled to the mean 0 and the variance 1.
        case rank
    }

    /// Which features, on which scales.
    public var set: FeatureSet
    /// How they are brought to a common scale; raw features are not.
    public var normalization: Normalization
    /// What the differences in a feature are multiplied by.
    ///
    /// Features that are not named have the weight of their set. Zero leaves a feature out; none is
    /// greater than `greatestWeight`.
    public var weights: [AudioFeature: Double]

    /// The greatest magnitude of a weight: distances of songs are still numbers then.
    public static let greatestWeight = 1e6

    /// Chooses a set, and changes what is not to be as it is by default.
    public init(
        _ set: FeatureSet = .balanced, normalization: Normalization = .standard,
        weights: [AudioFeature: Double] = [:]
    ) {
        self.set = set
        self.normalization = normalization
        self.weights = weights
    }
}

/// Weights are written as an object, so that their order is that of the features.
extension AudioFeature: CodingKeyRepresentable {}
