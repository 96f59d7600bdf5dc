import Files
import Foundation
import Imaging
import Testing
import _TestSupport

@testable import Capture

struct VideoFileTests {
    @Test func namesAMissingFile() {
        let error = #expect(throws: FileError.self) {
            _ = try VideoFile(contentsOf: URL(filePath: "/nowhere.mp4"), color: .rgb)
        }
        #expect(error?.code == .notFound)
        #expect(error?.location == "/nowhere.mp4")
    }

    @Test func refusesFoldersAndDevices() throws {
        for place in ["/tmp", "/dev/null"] {
            let error = #expect(throws: FileError.self) {
                _ = try VideoFile(contentsOf: URL(filePath: place), color: .rgb)
            }
            #expect(error?.location == place)
        }
    }

    @Test("Nobody writes to a pipe that lies there") func doesNotWaitForPipes() throws {
        try withTemporaryFolder { folder in
            let pipe = folder.appending(path: "pipe.avi")
            #expect(mkfifo(pipe.path, 0o600) == 0)
            let error = #expect(throws: FileError.self) {
                _ = try VideoFile(contentsOf: pipe, color: .rgb)
            }
            #expect(error?.code == .unsupported)
        }
    }

    @Test func saysWhatToDoWithoutFFmpeg() throws {
        try withTemporaryFolder { folder in
            try folder.addFile("clip.mp4", Array("\0\0\0\u{18}ftypmp42 and more".utf8))
            let file = folder.appending(path: "clip.mp4")
            let error = #expect(throws: FileError.self) {
                _ = try VideoFile(contentsOf: file, color: .rgb, searchPath: "")
            }
            #expect(
                error?.description
                    == "\(file.path): is neither Y4M nor an AVI of motion JPEG, and the program "
                    + "ffmpeg, which reads other videos, is not installed. Install it (apt-get "
                    + "install ffmpeg), or convert the video.")
        }
    }

    @Test func honorsLimits() throws {
        try withTemporaryFolder { folder in
            let file = folder.appending(path: "large.y4m")
            try Data("YUV4MPEG2 W20 H10 F1:1\n".utf8).write(to: file)
            for (color, samples) in [(FrameColor.grayscale, 199), (.rgb, 599)] {
                let error = #expect(throws: FileError.self) {
                    _ = try VideoFile(
                        contentsOf: file, color: color, limits: ImageLimits(samples: samples))
                }
                #expect(error?.code == .unsupported)
            }
        }
    }
}

/// With the program itself.
@Suite(.enabled(if: FFmpeg.isInstalled, "ffmpeg is not installed"))
struct VideoFileFFmpegTests {
    @Test(
        "What ffmpeg makes is read, by ourselves or through it",
        arguments: [
            ("a.y4m", ["-pix_fmt", "yuv420p"]), ("b.y4m", ["-pix_fmt", "yuv422p"]),
            ("c.y4m", ["-pix_fmt", "yuv444p"]), ("d.avi", ["-c:v", "mjpeg", "-q:v", "2"]),
            ("e.mp4", ["-c:v", "mpeg4", "-q:v", "2"]), ("f.avi", ["-c:v", "mpeg4", "-q:v", "2"]),
            ("g.mkv", ["-c:v", "ffv1"]), ("h.mov", ["-c:v", "mjpeg", "-q:v", "2"]),
            ("-y.mp4", ["-c:v", "mpeg4"]), ("http:x.mp4", ["-c:v", "mpeg4"]),
            ("concat:a|b.mp4", ["-c:v", "mpeg4"]), ("i%03d'.mp4", ["-c:v", "mpeg4"]),
            ("j.gif", []),
        ])
    func reads(name: String, options: [String]) async throws {
        try await withTemporaryFolder { folder in
            let file = try await FFmpeg.make(name, options, in: folder)
            for color in [FrameColor.grayscale, .rgb] {
                var video = try VideoFile(contentsOf: file, color: color)
                let rate = video.frameRate
                #expect(abs((rate ?? 0) - 12) < 0.6)
                let (frames, errors) = readAll(&video)
                #expect(errors.isEmpty)
                #expect((11...13).contains(frames.count))
                let image = try #require(frames.first).image
                #expect(image.width == 64 && image.height == 48)
                #expect(image.channels == color.channels)
                // The picture has black, white and colors.
                let range = try #require(image.samples.min())...#require(image.samples.max())
                #expect(range.contains(40) && range.contains(220))
                #expect(frames.first?.image != frames.last?.image)
            }
        }
    }

    @Test("All ways to a picture agree") func ffmpegAgrees() async throws {
        try await withTemporaryFolder { folder in
            let raw = try await FFmpeg.make("a.y4m", ["-pix_fmt", "yuv420p"], in: folder)
            let packed = try await FFmpeg.make(
                "a.mkv", ["-c:v", "ffv1", "-pix_fmt", "yuv420p"], in: folder)
            for color in [FrameColor.grayscale, .rgb] {
                var one = try VideoFile(contentsOf: raw, color: color)
                var other = try VideoFile(contentsOf: packed, color: color)
                let (left, right) = (readAll(&one).frames, readAll(&other).frames)
                #expect(left.count == right.count)
                for (left, right) in zip(left, right) {
                    #expect(try #require(left.image.difference(from: right.image)) <= 2)
                }
            }
        }
    }

    @Test func itsWordsArePartOfTheError() throws {
        try withTemporaryFolder { folder in
            try folder.addFile("notes.mp4", Array("this is no video at all".utf8))
            let file = folder.appending(path: "notes.mp4")
            let error = #expect(throws: FileError.self) {
                _ = try VideoFile(contentsOf: file, color: .rgb)
            }
            #expect(error?.code == .damaged)
            #expect(error?.message.hasPrefix("ffmpeg cannot read the video (status 1): ") == true)
            #expect(error?.message.contains("Invalid data") == true)
            #expect(error?.message.contains("\n") == false)
        }
    }

    @Test("A playlist does not reach into the network") func opensNoAddresses() throws {
        try withTemporaryFolder { folder in
            let playlist = """
                #EXTM3U
                #EXT-X-TARGETDURATION:1
                #EXTINF:1,
                http://127.0.0.1:9/segment.ts
                #EXT-X-ENDLIST

                """
            try folder.addFile("list.m3u8", Array(playlist.utf8))
            let error = #expect(throws: FileError.self) {
                _ = try VideoFile(
                    contentsOf: folder.appending(path: "list.m3u8"), color: .grayscale)
            }
            #expect(error?.code == .damaged)
        }
    }

    @Test("A source that goes away takes the program with it") func endsTheProgram() async throws {
        try await withTemporaryFolder { folder in
            // Far more than a pipe holds, so that the program waits for its reader.
            let file = folder.appending(path: "long.mkv")
            _ = try await runCommand(
                [
                    "ffmpeg", "-nostdin", "-loglevel", "error", "-f", "lavfi", "-i",
                    "color=size=320x240:rate=100:duration=10", "-c:v", "mpeg4", file.path,
                ], in: folder)
            func programs() throws -> [String] {
                try FileManager.default.contentsOfDirectory(atPath: "/proc").filter {
                    let command = try? Data(contentsOf: URL(filePath: "/proc/\($0)/cmdline"))
                    let status = try? String(contentsOfFile: "/proc/\($0)/stat", encoding: .utf8)
                    let isOurs = status?.contains(" \(getpid()) ") == true
                    // A zombie has no command line any more, but its name.
                    return isOurs
                        && (command.map { String(decoding: $0, as: UTF8.self) }?
                            .contains(file.path) == true || status?.contains("(ffmpeg) Z") == true)
                }
            }
            do {
                var video = try VideoFile(contentsOf: file, color: .grayscale)
                let frame = try video.nextFrame()
                #expect(frame != nil)
                #expect(try programs().count >= 1)
            }
            #expect(try programs().isEmpty)
        }
    }
}
