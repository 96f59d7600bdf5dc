/// How alike two songs are.
public enum Metric: String, CaseIterable, Codable, Sendable {
    /// The distance of the feature vectors: smaller is more alike.
    case euclidean
    /// The cosine of the angle between the feature vectors: larger is more alike.
    case cosine
}
