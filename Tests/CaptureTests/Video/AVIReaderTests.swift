import Capture
import Files
import Foundation
import Imaging
import Testing
import _TestSupport

struct AVIReaderTests {
    private static let pictures = (0..<3).map {
        Image.waves(width: 17, height: 9, channels: 3, phase: Double($0))
    }
    private static let jpegs = pictures.map { $0.jpegData() }
    private static let video = MadeAVI.stream("vids")

    private static func frames(_ name: String = "00dc") -> [[UInt8]] {
        jpegs.map { MadeAVI.chunk(name, $0) }
    }

    @Test(arguments: [FrameColor.grayscale, .rgb])
    func readsFrames(color: FrameColor) throws {
        try withTemporaryFolder { folder in
            let bytes = MadeAVI.file([Self.video], Self.frames())
            let (frames, errors) = try readVideo(bytes, color: color, in: folder)
            #expect(errors.isEmpty)
            #expect(frames.map(\.index) == [0, 1, 2])
            #expect(frames.map(\.time) == [.zero, .milliseconds(100), .milliseconds(200)])
            for (frame, jpeg) in zip(frames, Self.jpegs) {
                let expected = try Image(encoded: jpeg, name: "", channels: color.channels)
                #expect(frame.image == expected)
            }
        }
    }

    @Test(
        "Files as other programs write them",
        arguments: [
            // Sound first, so that the video is stream 1; groups of pieces; indexes in between.
            MadeAVI.file(
                [MadeAVI.stream("auds"), video],
                [MadeAVI.chunk("00wb", [1, 2, 3]), MadeAVI.list("rec ", frames("01dc"))]
                    + [MadeAVI.chunk("ix01", MadeAVI.zeros(24))]),
            // As a program leaves it that had no time to write the sizes.
            MadeAVI.file([video], frames(), size: 0),
            MadeAVI.file([video], frames(), size: 0xFFFF_FFFF),
            // Small letters; uncompressed keys; an index and a few bytes behind the frames.
            MadeAVI.file([MadeAVI.stream("vids", codec: "mjpg")], frames("00db"))
                + MadeAVI.chunk("idx1", MadeAVI.zeros(48)) + [0, 0, 0],
            // A second segment.
            MadeAVI.file([video], Array(frames().prefix(1)))
                + MadeAVI.chunk(
                    "RIFF", Array("AVIX".utf8) + MadeAVI.list("movi", Array(frames().dropFirst()))),
            // A second video, which is left out.
            MadeAVI.file([video, MadeAVI.stream("vids")], frames() + frames("01dc")),
        ])
    func readsVariants(bytes: [UInt8]) throws {
        try withTemporaryFolder { folder in
            let (frames, errors) = try readVideo(bytes, color: .rgb, in: folder)
            #expect(errors.isEmpty)
            #expect(frames.count == 3)
            for (frame, picture) in zip(frames, Self.pictures) {
                #expect(try #require(frame.image.difference(from: picture)) <= 12)
            }
        }
    }

    @Test func aFrameWithoutBytesIsTheOneBefore() throws {
        try withTemporaryFolder { folder in
            let repeated = [Self.frames()[0], MadeAVI.chunk("00dc", []), Self.frames()[1]]
            let frames = try readVideo(MadeAVI.file([Self.video], repeated), in: folder).frames
            #expect(frames.count == 3)
            #expect(frames[0].image == frames[1].image)
            #expect(frames[1].image != frames[2].image)
        }
    }

    @Test("Cameras leave the usual Huffman tables out")
    func readsPicturesWithoutHuffmanTables() throws {
        try withTemporaryFolder { folder in
            let bare = Self.jpegs.map { MadeAVI.chunk("00dc", withoutHuffmanTables($0)) }
            let full = try readVideo(MadeAVI.file([Self.video], Self.frames()), in: folder)
            let frames = try readVideo(MadeAVI.file([Self.video], bare), in: folder)
            #expect(frames.errors.isEmpty)
            #expect(frames.frames.map(\.image) == full.frames.map(\.image))
        }
    }

    private func withoutHuffmanTables(_ jpeg: [UInt8]) -> [UInt8] {
        var result = Array(jpeg[..<2])
        var place = 2
        while jpeg[place + 1] != 0xDA {
            let end = place + 2 + Int(jpeg[place + 2]) << 8 + Int(jpeg[place + 3])
            if jpeg[place + 1] != 0xC4 { result += jpeg[place..<end] }
            place = end
        }
        #expect(result.count < place)
        return result + jpeg[place...]
    }

    @Test func goesOnBehindADamagedFrame() throws {
        try withTemporaryFolder { folder in
            var frames = Self.frames()
            frames[1] = MadeAVI.chunk("00dc", Array(Self.jpegs[1].prefix(200)))
            let (good, errors) = try readVideo(MadeAVI.file([Self.video], frames), in: folder)
            #expect(good.map(\.index) == [0, 2])
            #expect(errors.map(\.code) == [.damaged])
            #expect(errors.map(\.location) == ["\(folder.path)/video, frame 1"])
        }
    }

    @Test func aRateMayBeUnknown() throws {
        try withTemporaryFolder { folder in
            let stream = MadeAVI.stream("vids", scale: 0)
            let frames = try readVideo(MadeAVI.file([stream], Self.frames()), in: folder).frames
            #expect(frames.map(\.time) == [.zero, .milliseconds(40), .milliseconds(80)])
        }
    }

    @Test("Every shorter piece of a file gives frames or errors, in order")
    func noticesWhereAFileWasCut() throws {
        let bytes = MadeAVI.file([Self.video], Self.frames())
        let whole = try withTemporaryFolder { try readVideo(bytes, in: $0).frames }
        try withTemporaryFolder { folder in
            for count in 0..<bytes.count - 1 {
                let (frames, errors) = try readVideo(Array(bytes.prefix(count)), in: folder)
                #expect(frames.count < 3)
                #expect(zip(frames, whole).allSatisfy { $0.image == $1.image })
                #expect(errors.count <= 1)
                #expect(!frames.isEmpty || !errors.isEmpty || count > 200, "\(count) bytes")
            }
        }
    }

    @Test("No wrong byte crashes")
    func survivesWrongBytes() throws {
        let bytes = MadeAVI.file([Self.video], Self.frames())
        try withTemporaryFolder { folder in
            try damage(bytes, rounds: 1500) { damaged in
                _ = try readVideo(damaged, in: folder)
            }
            // The heads are where it hurts.
            let head = MadeAVI.file([Self.video], [])
            try damage(head, rounds: 1500) { damaged in
                _ = try readVideo(damaged + Self.frames().joined(), in: folder)
            }
        }
    }

    @Test(
        "What says nothing true about itself",
        arguments: [
            ("no video", MadeAVI.file([MadeAVI.stream("auds")], frames()), FileError.Code.damaged),
            ("no frames", Array(MadeAVI.file([video], []).prefix(250)), .damaged),
            (
                "a head too short",
                MadeAVI.file([MadeAVI.list("strl", [MadeAVI.chunk("strh", [1, 2])])], []), .damaged
            ),
            (
                "another codec", MadeAVI.file([MadeAVI.stream("vids", codec: "H264")], []),
                .unsupported
            ),
            (
                "a frame beyond the end",
                MadeAVI.file([video], [MadeAVI.chunk("00dc", [1], size: 0xFFFF_FFF0)]), .damaged
            ),
            ("noise among frames", MadeAVI.file([video], [noise(64)]), .damaged),
        ])
    func refuses(what: String, bytes: [UInt8], code: FileError.Code) throws {
        try withTemporaryFolder { folder in
            let (frames, errors) = try readVideo(bytes, in: folder)
            #expect(frames.isEmpty, "\(what)")
            #expect(errors.map(\.code) == [code], "\(what)")
        }
    }
}
