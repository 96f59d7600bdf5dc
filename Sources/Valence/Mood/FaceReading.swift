public import Imaging

/// A face of one picture, and what a classifier reads in it.
public struct FaceReading: Hashable, Sendable {
    /// Where the face lies, and how sure the detector is of it.
    public var face: DetectedFace
    /// What the classifier reads.
    public var expression: ExpressionReading

    /// Creates a reading.
    public init(face: DetectedFace, expression: ExpressionReading) {
        self.face = face
        self.expression = expression
    }
}
