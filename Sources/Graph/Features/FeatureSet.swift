/// Which features the vectors are made of, and on which scales.
public enum FeatureSet: String, CaseIterable, Codable, Sendable {
    /// Features on the scales of hearing, so that each counts as much as it matters to a listener:
    /// key and tempo on circles, the length by its logarithm, and so on.
    case balanced
    /// The z-scores of the eleven features.
    case standardized
    /// The eleven features as the list gives them.
    case raw
}

extension FeatureSet {
    /// What is made of a feature, and how much it counts.
    struct Ingredient {
        let feature: AudioFeature
        /// One coordinate for each.
        let shapes: [FeatureShape]
        let weight: Double
    }

    /// The features of the set.
    var ingredients: [Ingredient] {
        switch self {
        case .balanced: Self.balancedIngredients
        case .standardized, .raw:
            AudioFeature.eleven.map { Ingredient(feature: $0, shapes: [.plain], weight: 1) }
        }
    }

    /// A circle of radius 1 counts as much as a z-score, for the squares of both vary by 2 from song
    /// to song.
    private static let balancedIngredients = [
        // Mood and movement come first.
        Ingredient(feature: .valence, shapes: [.plain], weight: 1.25),
        Ingredient(feature: .energy, shapes: [.plain], weight: 1.25),
        Ingredient(feature: .danceability, shapes: [.plain], weight: 1),
        // How it sounds. Most songs lie near zero in what the root stretches.
        Ingredient(feature: .acousticness, shapes: [.root], weight: 1),
        Ingredient(feature: .instrumentalness, shapes: [.root], weight: 0.75),
        Ingredient(feature: .speechiness, shapes: [.root], weight: 0.75),
        Ingredient(feature: .liveness, shapes: [.root], weight: 0.5),
        // Mastering, which energy knows of already.
        Ingredient(feature: .loudness, shapes: [.decibels], weight: 0.75),
        // Twice the tempo is often the same tempo, counted otherwise.
        Ingredient(feature: .tempo, shapes: [.octaveCosine, .octaveSine], weight: 0.75),
        // Keys that share their notes are neighbors on the circle of fifths.
        Ingredient(feature: .key, shapes: [.fifthsCosine, .fifthsSine], weight: 0.5),
        Ingredient(feature: .mode, shapes: [.plain], weight: 0.5),
        Ingredient(feature: .duration, shapes: [.logarithm], weight: 0.5),
        // Nearly always 4, and often misjudged.
        Ingredient(feature: .timeSignature, shapes: [.plain], weight: 0),
    ]
}
