import Files
import Foundation
import Imaging

/// Reads what nothing else here reads, through the program `ffmpeg`.
final class FFmpegReader: VideoReader {
    let frameRate: Double?

    private let program: ChildProgram
    private let frames: Y4MReader
    private var isAtEnd = false

    /// Starts `ffmpeg`, and waits for the size of the frames.
    ///
    /// - Throws: `FileError` if there is no `ffmpeg`, or it cannot read the file.
    init(
        _ url: URL, color: FrameColor, limits: ImageLimits, searchPath: String
    ) throws(FileError) {
        let name = url.path
        guard let ffmpeg = ChildProgram.locate("ffmpeg", in: searchPath) else {
            throw FileError(
                .unsupported, at: name,
                "is neither Y4M nor an AVI of motion JPEG, and the program ffmpeg, which reads "
                    + "other videos, is not installed. Install it (apt-get install ffmpeg), or "
                    + "convert the video.")
        }
        let program = try ChildProgram(ffmpeg, Self.arguments(url, color: color), name: name)
        let header = try Self.asking(program) { () throws(FileError) in
            try Y4MReader(ByteReader(program), color: color, limits: limits)
        }
        guard let header else {
            throw FileError(.unsupported, at: name, "ffmpeg writes samples that nobody asked for.")
        }
        self.program = program
        frames = header
        frameRate = header.frameRate
    }

    /// What makes `ffmpeg` write Y4M to its output, and nothing but errors besides.
    private static func arguments(_ url: URL, color: FrameColor) -> [String] {
        // Luma is the same in all matrices, or nearly; Y4M does not tell which one it was.
        let matrix = color == .rgb ? "scale=out_color_matrix=bt601:out_range=tv," : ""
        return [
            "-nostdin", "-hide_banner", "-loglevel", "error",
            // A playlist may name addresses in the network. `file:` keeps a name from being
            // taken for an option, or for an address.
            "-protocol_whitelist", "file", "-i", "file:" + url.absoluteURL.path,
            "-map", "0:v:0", "-vf", matrix + "format=yuv420p", "-f", "yuv4mpegpipe", "pipe:1",
        ]
    }

    func nextImage() throws(FileError) -> Image? {
        guard !isAtEnd else { return nil }
        isAtEnd = true
        let image = try Self.asking(program) { () throws(FileError) in try frames.nextImage() }
        guard image != nil else {
            if let failure = program.failure() { throw failure }
            return nil
        }
        isAtEnd = false
        return image
    }

    /// Reads, and lets the program say why that failed where it can.
    private static func asking<Result>(
        _ program: ChildProgram, _ read: () throws(FileError) -> Result
    ) throws(FileError) -> Result {
        do throws(FileError) {
            return try read()
        } catch  where error.code == .damaged {
            throw program.failure() ?? error
        }
    }
}

extension ChildProgram {
    /// Why the program failed, or nil if it came to its end well.
    fileprivate func failure() -> FileError? {
        let end = waitForEnd()
        guard end.status != 0 else { return nil }
        let words = end.errors.split(whereSeparator: \.isNewline).last ?? "it gives no reason"
        return FileError(
            .damaged, at: name, "ffmpeg cannot read the video (status \(end.status)): \(words)")
    }
}
