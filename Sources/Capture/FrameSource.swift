/// Where frames come from: a camera, a video file, pictures.
public protocol FrameSource: ~Copyable {
    /// What messages call it.
    var name: String { get }
    /// Frames a second, where the source has a rate.
    var frameRate: Double? { get }

    /// Waits for the next frame.
    ///
    /// Each frame is there once. A source whose frames stand for themselves, as pictures do, throws
    /// when one is damaged and goes on with the next; who wants to skip what is damaged calls
    /// again. A source that cannot go on is at its end after it threw.
    ///
    /// - Returns: The frame, or nil at the end.
    mutating func nextFrame() throws -> Frame?
}
