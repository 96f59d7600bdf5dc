import Capture
public import Imaging

extension FrameReading {
    /// The picture with boxes around the faces, labels, and bars of the seven probabilities.
    ///
    /// - Parameter framesPerSecond: The speed to show in a corner, together with the mood; nil for
    ///   a picture that stands alone.
    /// - Returns: A picture of 3 channels.
    /// - Complexity: O(*n*) in the number of samples.
    public func annotated(framesPerSecond: Double? = nil) -> Image {
        var painter = AnnotationPainter(frame.image)
        for face in faces { painter.drawBox(of: face) }
        var taken = faces.map(\.box)
        for face in faces {
            let panel = painter.panel(beside: face.box, avoiding: taken)
            painter.drawBars(of: face, in: panel)
            taken.append(panel)
        }
        for face in faces { painter.drawLabel(of: face) }
        if let framesPerSecond {
            painter.drawStatus(framesPerSecond: framesPerSecond, mood: mood)
        }
        return painter.canvas.image
    }
}
