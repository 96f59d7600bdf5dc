/// A face that a detector found.
public struct DetectedFace: Hashable, Sendable {
    /// Where the face lies in the picture, in whole pixels.
    public var box: Rectangle
    /// How sure the detector is; larger is surer.
    ///
    /// The sum, over all windows that were found on the face, of how far each is above the
    /// threshold of the cascade's last stage. It compares faces that the same cascade found with
    /// the same options, and has no other unit.
    public var score: Double

    /// Creates a face.
    public init(box: Rectangle, score: Double) {
        self.box = box
        self.score = score
    }
}

extension DetectedFace {
    init(_ window: FaceWindow, score: Double) {
        self.init(
            box: Rectangle(
                x: Double(window.x), y: Double(window.y), width: Double(window.width),
                height: Double(window.height)),
            score: score)
    }

    /// The part of the face that lies in a picture.
    func clipped(to image: Image) -> DetectedFace {
        let frame = Rectangle(
            x: 0, y: 0, width: Double(image.width), height: Double(image.height))
        return DetectedFace(box: box.intersection(frame), score: score)
    }
}
