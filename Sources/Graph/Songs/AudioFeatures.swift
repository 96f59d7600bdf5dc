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

extension AudioFeatures {
    /// Whether all features are the same; a missing one is like a missing one, unlike NaNs.
    public static func == (one: AudioFeatures, other: AudioFeatures) -> Bool {
        AudioFeature.allCases.allSatisfy { feature in
            one[feature] == other[feature] || one[feature].isNaN && other[feature].isNaN
        }
    }

    /// Feeds the features into a hasher.
    public func hash(into hasher: inout Hasher) {
        for feature in AudioFeature.allCases {
            hasher.combine(self[feature].isNaN ? .nan : self[feature])
        }
    }
}
