/// What the vectors are made of whose distance says how alike two songs are.
public enum FeatureSet: String, CaseIterable, Codable, Sendable {
    /// All features on sensible scales, so that each counts as much as it matters to a listener.
    case balanced
    /// The z-scores of the eleven features.
    case standardized
    /// The eleven features as the list gives them.
    case raw
}
