import Tensor

/// How alike two songs are.
public enum Metric: String, CaseIterable, Codable, Sendable {
    /// The distance of the feature vectors: smaller is more alike.
    case euclidean
    /// The cosine of the angle between the feature vectors: larger is more alike. That of a vector of
    /// length zero is 0.
    case cosine

    /// The distance or the cosine of two vectors.
    public func weight(_ a: [Double], _ b: [Double]) -> Double {
        require(a.count == b.count, "vectors of \(a.count) and of \(b.count) coordinates")
        switch self {
        case .euclidean:
            return zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
        case .cosine:
            func dot(_ a: [Double], _ b: [Double]) -> Double {
                zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
            }
            let lengths = dot(a, a).squareRoot() * dot(b, b).squareRoot()
            return lengths > 0 ? dot(a, b) / lengths : 0
        }
    }

    /// How alike the songs of an edge are: 1 for the same, toward 0 for unlike ones.
    ///
    /// The cosine itself where it is positive, or 1 / (1 + distance).
    public func similarity(_ weight: Double) -> Double {
        self == .cosine ? max(0, weight) : 1 / (1 + weight)
    }
}
