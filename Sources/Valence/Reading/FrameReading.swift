public import Capture
import Imaging

/// What was read in a frame.
public struct FrameReading: Sendable {
    /// The frame, with its picture.
    public var frame: Frame
    /// The faces, in the order of the detector.
    public var faces: [TrackedFace]
    /// The mood of the window that ends with this frame; nil where there was no face in it.
    public var mood: ExpressionReading?
    /// How long it took to find the faces.
    public var detectionTime: Duration
    /// How long it took to read their expressions.
    public var classificationTime: Duration

    /// Creates a reading.
    public init(
        frame: Frame, faces: [TrackedFace], mood: ExpressionReading?, detectionTime: Duration,
        classificationTime: Duration
    ) {
        self.frame = frame
        self.faces = faces
        self.mood = mood
        self.detectionTime = detectionTime
        self.classificationTime = classificationTime
    }
}
