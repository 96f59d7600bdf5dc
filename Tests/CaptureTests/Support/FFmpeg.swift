import Foundation
import _TestSupport

/// The programs `ffmpeg` and `ffprobe`, where they are installed.
enum FFmpeg {
    static let isInstalled = ["ffmpeg", "ffprobe"].allSatisfy { program in
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
            .contains { access("\($0)/\(program)", X_OK) == 0 }
    }

    /// Makes a file of 12 frames at 12 frames a second, 64 x 48 of a moving test picture.
    static func make(_ name: String, _ options: [String], in folder: URL) async throws -> URL {
        let file = folder.appending(path: name)
        _ = try await runCommand(
            [
                "ffmpeg", "-nostdin", "-loglevel", "error", "-f", "lavfi", "-i",
                "testsrc=size=64x48:rate=12:duration=1",
            ] + options + ["file:" + file.path], in: folder)
        return file
    }

    /// What `ffprobe` finds of a video stream: `codec_name=mjpeg` and the like, counted by decoding.
    static func probe(_ file: URL, _ entries: String) async throws -> [String] {
        try await runCommand(
            [
                "ffprobe", "-loglevel", "error", "-count_frames", "-select_streams", "v:0",
                "-show_entries", "stream=\(entries)", "-of", "default=noprint_wrappers=1",
                file.path,
            ], in: file.deletingLastPathComponent()
        ).split(separator: "\n").map(String.init)
    }
}
