import Files
import Imaging

/// Reads the frames of a video file, one after the other.
protocol VideoReader: AnyObject {
    /// Frames a second, where the file tells.
    var frameRate: Double? { get }

    /// Reads a frame.
    ///
    /// - Returns: The frame, or nil at the end.
    /// - Throws: `FileError` if the frame is damaged; what follows may be read all the same.
    func nextImage() throws(FileError) -> Image?
}
