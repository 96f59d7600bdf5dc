import Files
import Foundation
import Imaging
import Testing
import _TestSupport

@testable import Capture

struct VideoWriterTests {
    private func frames(_ count: Int, channels: Int, width: Int = 33, height: Int = 17) -> [Image] {
        (0..<count).map {
            .waves(width: width, height: height, channels: channels, phase: Double($0) / 3)
        }
    }

    private func write(_ frames: [Image], to file: URL) throws {
        var writer = try VideoWriter(to: file, frameRate: 12.5)
        for frame in frames { try writer.write(frame) }
        try writer.finish()
    }

    /// Y4M shares color among pixels, JPEG rounds.
    private static let tolerances = ["y4m": [1: 0, 3: 24], "avi": [1: 8, 3: 16]]

    @Test(arguments: ["y4m", "avi"], [1, 3])
    func isReadBack(format: String, channels: Int) throws {
        try withTemporaryFolder { folder in
            let file = folder.appending(path: "clip.\(format)")
            let written = frames(5, channels: channels)
            try write(written, to: file)
            let color = channels == 1 ? FrameColor.grayscale : .rgb
            var video = try VideoFile(contentsOf: file, color: color, searchPath: "")
            let rate = video.frameRate
            #expect(rate == 12.5)
            let (read, errors) = readAll(&video)
            #expect(errors.isEmpty)
            #expect(read.count == 5)
            #expect(read.last?.time == .milliseconds(320))
            let tolerance = try #require(Self.tolerances[format]?[channels])
            for (read, written) in zip(read, written) {
                #expect(try #require(read.image.difference(from: written)) <= tolerance)
            }
        }
    }

    @Test(
        .enabled(if: FFmpeg.isInstalled, "ffmpeg is not installed"),
        arguments: ["y4m", "avi"], [1, 3])
    func isReadByFFmpeg(format: String, channels: Int) async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "clip.\(format)")
            let written = frames(5, channels: channels, width: 34, height: 18)
            try write(written, to: file)
            let found = try await FFmpeg.probe(
                file, "codec_name,width,height,r_frame_rate,nb_read_frames")
            #expect(
                Set(found) == [
                    "codec_name=\(format == "y4m" ? "rawvideo" : "mjpeg")", "width=34", "height=18",
                    "r_frame_rate=25/2", "nb_read_frames=5",
                ])
            _ = try await runCommand(
                ["ffmpeg", "-nostdin", "-loglevel", "error", "-i", file.path, "%d.png"], in: folder)
            for (index, frame) in written.enumerated() {
                let image = try Image(
                    contentsOf: folder.appending(path: "\(index + 1).png"), channels: channels)
                #expect(try #require(image.difference(from: frame)) <= 24)
            }
        }
    }

    @Test(
        "A file whose writer was stopped can be played as far as it goes",
        arguments: ["y4m", "avi"])
    func canBeCutShort(format: String) async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "clip.\(format)")
            var writer = try VideoWriter(to: file, frameRate: 10)
            for frame in frames(4, channels: 3) { try writer.write(frame) }
            var video = try VideoFile(contentsOf: file, color: .rgb, searchPath: "")
            #expect(readAll(&video).frames.count == 4)
            if FFmpeg.isInstalled {
                #expect(try await FFmpeg.probe(file, "nb_read_frames") == ["nb_read_frames=4"])
            }
            try writer.finish()
        }
    }

    @Test("Frames in several segments", arguments: [2000, 5000])
    func aviHasSegments(limit: Int) async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "long.avi")
            let encoder = AVIEncoder(
                try OutputFile(file), FrameRatio(10), quality: 90, segmentLimit: limit)
            let written = frames(20, channels: 3)
            try encoder.begin(with: written[0])
            for frame in written { try encoder.append(frame) }
            try encoder.finish()
            let segments = try Data(contentsOf: file).split(separator: Data("AVIX".utf8)).count - 1
            #expect(segments >= 2)
            var video = try VideoFile(contentsOf: file, color: .rgb, searchPath: "")
            let read = readAll(&video).frames
            #expect(read.count == 20)
            for (read, written) in zip(read, written) {
                #expect(try #require(read.image.difference(from: written)) <= 16)
            }
            if FFmpeg.isInstalled {
                let found = try await FFmpeg.probe(file, "nb_frames,nb_read_frames")
                #expect(Set(found) == ["nb_frames=20", "nb_read_frames=20"])
                // Reaching the last frame takes the indexes of all segments.
                let errors = try await runCommand(
                    [
                        "ffmpeg", "-nostdin", "-loglevel", "error", "-ss", "1.9", "-i", file.path,
                        "last.png",
                    ], in: folder)
                #expect(errors.isEmpty)
                let last = try Image(contentsOf: folder.appending(path: "last.png"))
                #expect(try #require(last.difference(from: written[19])) <= 24)
            }
        }
    }

    @Test func framesHaveOneSize() throws {
        try withTemporaryFolder { folder in
            var writer = try VideoWriter(to: folder.appending(path: "a.avi"), frameRate: 10)
            try writer.write(Image(width: 4, height: 4))
            let error = #expect(throws: FileError.self) {
                try writer.write(Image(width: 4, height: 5))
            }
            #expect(error?.code == .unsupported)
            #expect(error?.message.contains("4x5") == true)
            try writer.finish()
        }
    }

    @Test func colorIsThatOfTheFirst() throws {
        try withTemporaryFolder { folder in
            let file = folder.appending(path: "a.y4m")
            try write(frames(1, channels: 1) + frames(1, channels: 3), to: file)
            var video = try VideoFile(contentsOf: file, color: .grayscale)
            let read = readAll(&video)
            #expect(read.errors.isEmpty)
            #expect(read.frames.last?.image == frames(1, channels: 3)[0].grayscale())
        }
    }

    @Test func noFramesAreNoCrash() throws {
        try withTemporaryFolder { folder in
            for name in ["a.y4m", "a.avi"] {
                try write([], to: folder.appending(path: name))
            }
        }
    }

    @Test(arguments: ["a.mp4", "a", "missing/a.avi"])
    func refusesOtherNames(name: String) throws {
        try withTemporaryFolder { folder in
            let error = #expect(throws: FileError.self) {
                _ = try VideoWriter(to: folder.appending(path: name), frameRate: 10)
            }
            #expect(error?.location == folder.appending(path: name).path)
        }
    }

    @Test(
        "Rates are fractions",
        arguments: [
            (25, 25, 1), (29.97, 30000, 1001), (30000.0 / 1001, 30000, 1001),
            (23.976, 24000, 1001), (12.5, 25, 2), (0.1, 1, 10), (60, 60, 1), (1000, 1000, 1),
        ] as [(Double, Int, Int)])
    func ratesAreFractions(rate: Double, frames: Int, seconds: Int) {
        let ratio = FrameRatio(rate)
        #expect(ratio.frames == frames && ratio.seconds == seconds)
    }
}
