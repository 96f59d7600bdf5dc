import Foundation

/// What is made of a feature before it is brought to a common scale.
enum FeatureShape: String, Codable, Sendable {
    /// The value itself.
    case plain
    /// The square root.
    case root
    /// The logarithm to the base 2.
    case logarithm
    /// Loudness: below -40 decibels all is silence, above 0 all is loud.
    case decibels
    /// The key's place on the circle of fifths.
    case fifthsCosine, fifthsSine
    /// The tempo's place on a circle on which twice the tempo is the same place.
    case octaveCosine, octaveSine

    /// Whether it is a coordinate of a circle of radius 1, which needs no other scale.
    var isOnCircle: Bool {
        switch self {
        case .plain, .root, .logarithm, .decibels: false
        case .fifthsCosine, .fifthsSine, .octaveCosine, .octaveSine: true
        }
    }

    /// Whether the value is one that Spotify gives to such a feature.
    ///
    /// Lists whose features are standardized already have others.
    func isUsual(_ value: Double) -> Bool {
        switch self {
        case .plain: true
        case .root: value >= 0
        // 0 is Spotify's word for a tempo that it did not find.
        case .logarithm, .octaveCosine, .octaveSine: value == 0 || value >= 10
        case .decibels: value <= 0
        case .fifthsCosine, .fifthsSine:
            value == value.rounded() && (-1...11).contains(value)
        }
    }

    /// The coordinate; not a number where the feature is missing.
    func callAsFunction(_ value: Double) -> Double {
        switch self {
        case .plain: value
        case .root: value < 0 ? -(-value).squareRoot() : value.squareRoot()
        case .logarithm: value > 0 ? log2(value) : .nan
        case .decibels: min(max(value, -40), 0)
        case .fifthsCosine: value < 0 ? .nan : cos(Self.fifths(value))
        case .fifthsSine: value < 0 ? .nan : sin(Self.fifths(value))
        case .octaveCosine: value > 0 ? cos(Self.octave(value)) : .nan
        case .octaveSine: value > 0 ? sin(Self.octave(value)) : .nan
        }
    }

    /// Seven semitones up is one step around.
    private static func fifths(_ key: Double) -> Double {
        2 * .pi * (key * 7).truncatingRemainder(dividingBy: 12) / 12
    }

    private static func octave(_ tempo: Double) -> Double {
        let octaves = log2(tempo)
        return 2 * .pi * (octaves - octaves.rounded(.down))
    }
}
