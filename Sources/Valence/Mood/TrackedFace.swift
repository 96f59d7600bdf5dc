public import Imaging

/// A face that is followed from frame to frame.
public struct TrackedFace: Hashable, Sendable {
    /// The number of the face: the same in all frames, and never given to another one.
    public var identity: Int
    /// Where the detector found it last.
    public var box: Rectangle
    /// What the classifier read in the last frame alone.
    public var latest: ExpressionReading
    /// The probabilities, smoothed over time, `[7]` in the order of `Expression.allCases`.
    public var probabilities: [Float]
    /// The expression that the face shows, or nil where none is likely enough.
    public var expression: Expression?
    /// When the face was seen last.
    public var lastSeen: Duration

    /// The probability of the expression; where it is uncertain, that of the likeliest.
    public var confidence: Float {
        expression.map { probabilities[$0.rawValue] } ?? probabilities.max() ?? 0
    }
}
