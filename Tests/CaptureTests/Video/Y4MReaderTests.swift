import Capture
import Files
import Foundation
import Imaging
import Testing
import _TestSupport

struct Y4MReaderTests {
    /// A format of samples: how many rows and columns share their color; 0 for none.
    struct Format: Sendable {
        var name: String
        var rows: Int
        var columns: Int
    }

    static let formats = [
        Format(name: "420jpeg", rows: 2, columns: 2), Format(name: "420mpeg2", rows: 2, columns: 2),
        Format(name: "420paldv", rows: 2, columns: 2), Format(name: "420", rows: 2, columns: 2),
        Format(name: "422", rows: 1, columns: 2), Format(name: "444", rows: 1, columns: 1),
        Format(name: "mono", rows: 0, columns: 0),
    ]

    /// A file of two frames of noise, and its planes.
    private func made(
        _ format: Format, width: Int, height: Int, parameters: String = "F30000:1001 Ip A1:1"
    ) -> (bytes: [UInt8], frames: [[[UInt8]]]) {
        var bytes = Array("YUV4MPEG2 W\(width) H\(height) \(parameters) C\(format.name)\n".utf8)
        var frames: [[[UInt8]]] = []
        for seed in 1...2 as ClosedRange<UInt32> {
            var planes = [noise(width * height, seed: seed)]
            if format.rows > 0 {
                let rows = (height + format.rows - 1) / format.rows
                let columns = (width + format.columns - 1) / format.columns
                planes.append(noise(rows * columns, seed: seed + 10))
                planes.append(noise(rows * columns, seed: seed + 20))
            }
            bytes += Array((seed == 1 ? "FRAME\n" : "FRAME Ip\n").utf8)
            bytes += Array(planes.joined())
            frames.append(planes)
        }
        return (bytes, frames)
    }

    @Test(arguments: formats, [(1, 1), (5, 3), (16, 4), (19, 7)])
    func readsSamples(format: Format, size: (width: Int, height: Int)) throws {
        for range in ["LIMITED", "FULL"] {
            let oracle = YUVOracle(
                redWeight: 0.299, blueWeight: 0.114, isFullRange: range == "FULL")
            let (bytes, expected) = made(
                format, width: size.width, height: size.height,
                parameters: "F25:1 Ip XYSCSS=anything XCOLORRANGE=\(range)")
            try withTemporaryFolder { folder in
                for color in [FrameColor.grayscale, .rgb] {
                    let (frames, errors) = try readVideo(bytes, color: color, in: folder)
                    #expect(errors.isEmpty)
                    #expect(frames.count == 2)
                    for (frame, planes) in zip(frames, expected) {
                        #expect(frame.image.width == size.width)
                        #expect(frame.image.height == size.height)
                        #expect(frame.image.channels == color.channels)
                        for (index, sample) in frame.image.samples.enumerated() {
                            let pixel = index / color.channels
                            var exact = oracle.gray(planes[0][pixel])
                            if color == .rgb, format.rows > 0 {
                                let columns = (size.width + format.columns - 1) / format.columns
                                let place =
                                    pixel / size.width / format.rows * columns
                                    + pixel % size.width / format.columns
                                exact =
                                    oracle.rgb(
                                        planes[0][pixel], planes[1][place], planes[2][place])[
                                        index % 3]
                            }
                            #expect(abs(Double(sample) - exact) < 0.6)
                        }
                    }
                }
            }
        }
    }

    @Test func timesFollowTheRate() throws {
        try withTemporaryFolder { folder in
            let bytes = made(Self.formats[0], width: 4, height: 2).bytes
            let file = folder.appending(path: "clip.y4m")
            try Data(bytes).write(to: file)
            var video = try VideoFile(contentsOf: file, color: .grayscale)
            let (name, rate) = (video.name, video.frameRate)
            #expect(name == file.path)
            #expect(abs((rate ?? 0) - 29.97) < 0.001)
            let frames = readAll(&video).frames
            #expect(frames.map(\.index) == [0, 1])
            #expect(frames.map(\.source) == [file.path, file.path])
            #expect(frames[0].time == .zero)
            let second = Double(frames[1].time.components.attoseconds) / 1e18
            #expect(abs(second - 1.001 / 30) < 1e-9)
        }
    }

    @Test(arguments: [
        "", "F0:0", "F25", "F-1:1", "F1:inf", "F1:1e300", "F1:0", "F100000:1", "F1:100000",
    ])
    func aRateMayBeUnknown(parameters: String) throws {
        let format = Format(name: "mono", rows: 0, columns: 0)
        try withTemporaryFolder { folder in
            let bytes = made(format, width: 4, height: 2, parameters: parameters).bytes
            let (frames, errors) = try readVideo(bytes, in: folder)
            #expect(errors.isEmpty)
            #expect(frames.map(\.time) == [.zero, .milliseconds(40)])
        }
    }

    @Test("Every shorter piece of a file gives whole frames, and an error where it was cut")
    func noticesWhereAFileWasCut() throws {
        let (bytes, _) = made(Self.formats[0], width: 5, height: 3)
        let header = try #require(bytes.firstIndex(of: 10)) + 1
        let firstEnd = header + 6 + 15 + 12
        try withTemporaryFolder { folder in
            for count in 0..<bytes.count {
                let (frames, errors) = try readVideo(Array(bytes.prefix(count)), in: folder)
                #expect(frames.count == (count < firstEnd ? 0 : 1), "\(count) bytes")
                let isWhole = count == header || count == firstEnd
                #expect(errors.count == (isWhole ? 0 : 1), "\(count) bytes")
                // What is shorter than the signature could be anything.
                #expect(errors.allSatisfy { $0.code == (1..<9 ~= count ? .unsupported : .damaged) })
            }
        }
    }

    @Test func namesTheFrameThatIsCutShort() throws {
        try withTemporaryFolder { folder in
            let bytes = made(Self.formats[0], width: 5, height: 3).bytes
            let error = try readVideo(bytes.dropLast(), in: folder).errors.first
            #expect(
                error?.description
                    == "\(folder.path)/video, frame 1: the frame is cut short.")
        }
    }

    @Test("No wrong byte crashes", arguments: [FrameColor.grayscale, .rgb])
    func survivesWrongBytes(color: FrameColor) throws {
        let bytes = made(Self.formats[0], width: 5, height: 3).bytes
        try withTemporaryFolder { folder in
            try damage(bytes, rounds: 1500) { damaged in
                let frames = try readVideo(damaged, color: color, in: folder).frames
                #expect(frames.count <= 3)
            }
        }
    }

    @Test(
        "A header's promises are checked before memory is taken",
        arguments: [
            ("W0 H4", FileError.Code.damaged), ("W-3 H4", .damaged), ("W4", .damaged),
            ("W99999999999999999999 H4", .damaged), ("W32769 H1", .unsupported),
            ("W20000 H20000", .unsupported), ("W30000 H8000", .damaged),
        ])
    func refusesPromises(size: String, code: FileError.Code) throws {
        try withTemporaryFolder { folder in
            let bytes = Array("YUV4MPEG2 \(size) F1:1 C420\nFRAME\nabc".utf8)
            let (frames, errors) = try readVideo(bytes, in: folder)
            #expect(frames.isEmpty)
            #expect(errors.map(\.code) == [code])
        }
    }

    @Test func refusesAHeaderWithoutEnd() throws {
        try withTemporaryFolder { folder in
            let bytes = Array("YUV4MPEG2 ".utf8) + [UInt8](repeating: 65, count: 100_000)
            let errors = try readVideo(bytes, in: folder).errors
            #expect(errors.map(\.code) == [.damaged])
        }
    }

    @Test func leavesDeeperSamplesToFFmpeg() throws {
        try withTemporaryFolder { folder in
            let bytes = Array("YUV4MPEG2 W4 H4 F1:1 C420p10\nFRAME\n".utf8)
            let error = try #require(try readVideo(bytes, in: folder).errors.first)
            #expect(error.code == .unsupported)
            #expect(error.message.contains("apt-get install ffmpeg"))
        }
    }
}
