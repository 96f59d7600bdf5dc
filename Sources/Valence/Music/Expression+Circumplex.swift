public import Imaging

extension Expression {
    /// Where the emotion lies in the plane of pleasure and arousal, each from -1 to 1.
    ///
    /// Source: Russell and Mehrabian, "Evidence for a three-factor theory of emotions", Journal of
    /// Research in Personality 11, 1977. Their third factor, dominance, has no counterpart in music
    /// features.
    public var circumplex: SIMD2<Double> {
        switch self {
        case .angry: [-0.51, 0.59]
        case .disgust: [-0.60, 0.35]
        case .fear: [-0.64, 0.60]
        case .happy: [0.81, 0.51]
        case .neutral: [0, 0]
        case .sad: [-0.63, -0.27]
        case .surprise: [0.40, 0.67]
        }
    }
}
