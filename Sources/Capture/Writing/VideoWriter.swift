public import Files
public import Foundation
public import Imaging

/// Writes frames into a video file, one after the other.
///
/// A file that ends in `y4m` is uncompressed, for other programs to go on with; one that ends in
/// `avi` is motion JPEG, a twentieth of that. A program that is stopped before `finish()` leaves a
/// file that can be played as far as it was written.
public struct VideoWriter: ~Copyable {
    private let encoder: any VideoEncoder
    private let path: String
    private var size: (width: Int, height: Int)?

    /// Creates a file, or empties it.
    ///
    /// - Parameters:
    ///   - url: The file.
    ///   - frameRate: Frames a second, up to 1000.
    ///   - quality: That of the JPEG pictures in an `avi` file, from 1 to 100.
    /// - Throws: `FileError` if the name ends otherwise, or the system refuses.
    public init(to url: URL, frameRate: Double, quality: Int = 90) throws(FileError) {
        let ratio = FrameRatio(frameRate)
        path = url.path
        switch url.pathExtension.lowercased() {
        case "y4m": encoder = Y4MEncoder(try OutputFile(url), ratio)
        case "avi": encoder = AVIEncoder(try OutputFile(url), ratio, quality: quality)
        default:
            throw FileError(
                .unsupported, at: path,
                "cannot tell the format of the video. Let its name end in .avi or .y4m.")
        }
    }

    /// Adds a frame; the first decides on the size of all, and whether they have color.
    ///
    /// - Throws: `FileError` if the frame has another size, or the system refuses.
    public mutating func write(_ image: Image) throws(FileError) {
        if let size, size != (image.width, image.height) {
            throw FileError(
                .unsupported, at: path,
                "a frame of \(image.width)x\(image.height) does not fit into a video of "
                    + "\(size.width)x\(size.height). Write pictures instead.")
        }
        if size == nil {
            size = (image.width, image.height)
            try encoder.begin(with: image)
        }
        try encoder.append(image)
    }

    /// Writes what stands at the end, and closes the file.
    ///
    /// - Throws: `FileError` if the system refuses.
    public consuming func finish() throws(FileError) {
        try encoder.finish()
    }
}

/// Writes one format of video files.
protocol VideoEncoder: AnyObject {
    /// Writes what stands before the frames.
    func begin(with first: Image) throws(FileError)
    /// Writes a frame of the size of the first.
    func append(_ image: Image) throws(FileError)
    /// Writes what stands behind the frames.
    func finish() throws(FileError)
}
