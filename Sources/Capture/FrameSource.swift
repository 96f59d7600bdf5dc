/// Where frames come from: a camera, a video file, pictures.
public protocol FrameSource: ~Copyable {
    /// What messages call it.
    var name: String { get }
    /// Frames a second, where the source has a rate.
    var frameRate: Double? { get }

    /// Waits for the next frame.
    ///
    /// - Returns: The frame, or nil at the end.
    mutating func nextFrame() throws -> Frame?
}
