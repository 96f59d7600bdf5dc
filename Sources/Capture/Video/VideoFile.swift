public import Files
public import Foundation
public import Imaging

/// The frames of a video file, of which few are in memory at a time.
///
/// Uncompressed Y4M of 8 bits and AVI of motion JPEG are read here; everything else through the
/// program `ffmpeg` where it is installed, which then runs as long as this value lives, and is told to
/// open nothing but local files.
public struct VideoFile: FrameSource, ~Copyable {
    /// The path of the file.
    public let name: String

    private let reader: any VideoReader
    private var index = 0

    /// Opens a video file; its first bytes tell what it is, not its name.
    ///
    /// - Parameters:
    ///   - url: The file.
    ///   - color: What the frames shall have. Grayscale takes less time.
    ///   - limits: The largest frame to accept.
    /// - Throws: `FileError` if the file cannot be read, is damaged, has larger frames than
    ///   `limits`, or takes `ffmpeg` and there is none.
    public init(
        contentsOf url: URL, color: FrameColor, limits: ImageLimits = ImageLimits()
    ) throws(FileError) {
        try self.init(
            contentsOf: url, color: color, limits: limits,
            searchPath: ProcessInfo.processInfo.environment["PATH"] ?? "")
    }

    /// Opens a video file, and looks for `ffmpeg` in the folders of `searchPath`.
    init(
        contentsOf url: URL, color: FrameColor, limits: ImageLimits = ImageLimits(),
        searchPath: String
    ) throws(FileError) {
        name = url.relativePath
        if let own = try Self.ownReader(of: url, color: color, limits: limits) {
            reader = own
        } else {
            reader = try FFmpegReader(url, color: color, limits: limits, searchPath: searchPath)
        }
    }

    /// The reader of a file of Y4M or motion JPEG, or nil for any other.
    private static func ownReader(
        of url: URL, color: FrameColor, limits: ImageLimits
    ) throws(FileError) -> (any VideoReader)? {
        var bytes = ByteReader(try FileBytes(url))
        let start = try bytes.peek(12)
        guard !start.isEmpty else {
            throw FileError(.damaged, at: url.path, "cannot read the video: the file is empty.")
        }
        if start.starts(with: Y4MHeader.signature) {
            return try Y4MReader(bytes, color: color, limits: limits)
        }
        if start.starts(with: "RIFF".utf8), start.dropFirst(8).starts(with: "AVI ".utf8) {
            return try AVIReader(bytes, color: color, limits: limits)
        }
        return nil
    }

    /// Frames a second, where the file tells.
    public var frameRate: Double? { reader.frameRate }

    /// Reads the next frame.
    ///
    /// Its time is that of its number at the video's rate, or at 25 frames a second if the file
    /// tells none. A frame of motion JPEG that is damaged can be skipped by calling again.
    ///
    /// - Returns: The frame, or nil at the end.
    /// - Throws: `FileError` that names the frame if it is damaged or the file cut short.
    public mutating func nextFrame() throws(FileError) -> Frame? {
        defer { index += 1 }
        guard let image = try reader.nextImage() else { return nil }
        return Frame(
            image: image, source: name, index: index,
            time: .seconds(Double(index) / (frameRate ?? 25)))
    }
}
