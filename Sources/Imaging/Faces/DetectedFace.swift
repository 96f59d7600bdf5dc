/// A face that a detector found.
public struct DetectedFace: Hashable, Sendable {
    /// Where the face lies in the picture, in whole pixels.
    public var box: Rectangle
    /// How sure the detector is; larger is surer.
    public var score: Double

    /// Creates a face.
    public init(box: Rectangle, score: Double) {
        self.box = box
        self.score = score
    }
}
