/// The audio features of one song, as its list gives them; NaN where it gives none.
public struct AudioFeatures: Hashable, Sendable {
    private var values = SIMD16<Double>(repeating: .nan)

    /// Features that all are missing.
    public init() {}

    /// The value of a feature.
    public subscript(feature: AudioFeature) -> Double {
        get { values[feature.rawValue] }
        set { values[feature.rawValue] = newValue }
    }
}
