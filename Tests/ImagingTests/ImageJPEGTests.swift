import Files
import Foundation
import Imaging
import Testing

struct ImageJPEGTests {
    @Test(arguments: [(1, 1), (7, 5), (48, 48), (33, 100)], [1, 3])
    func keepsPicturesNearly(size: (width: Int, height: Int), channels: Int) throws {
        let picture = Image.waves(width: size.width, height: size.height, channels: channels)
        let decoded = try Image(encoded: picture.jpegData(), name: "picture")
        #expect(decoded.width == size.width)
        #expect(decoded.height == size.height)
        #expect(decoded.channels == channels)
        let differences = zip(decoded.samples, picture.samples).map { abs(Int($0) - Int($1)) }
        #expect(try #require(differences.max()) <= 10)
    }

    @Test func losesMoreAtLowerQuality() {
        let picture = Image.noise(width: 64, height: 64, channels: 3)
        #expect(picture.jpegData(quality: 20).count * 2 < picture.jpegData(quality: 95).count)
    }

    /// Written by Pillow: `Image.new("L", (8, 8), 100).save(..., progressive=True)`.
    static let progressive =
        Data(
            base64Encoded: """
                /9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4n\
                ICIsIxwcKDcpLDAxNDQ0Hyc5PTgyPC4zNDL/wgALCAAIAAgBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAABP/a\
                AAgBAQAAAAEP/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABBQJ//8QAFBABAAAAAAAAAAAAAAAAAAAA\
                AP/aAAgBAQAGPwJ//8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPyF//9oACAEBAAAAEH//xAAUEAEA\
                AAAAAAAAAAAAAAAAAAAA/9oACAEBAAE/EH//2Q==
                """) ?? Data()

    @Test func decodesProgressiveFiles() throws {
        let picture = Image(width: 8, height: 8, filledWith: 100)
        #expect(try Image(encoded: Self.progressive, name: "progressive.jpg") == picture)
    }

    @Test("A file of very many scans would take very long, and is refused")
    func limitsScans() throws {
        let bytes = [UInt8](Self.progressive)
        let last = try #require(
            bytes.indices.last { bytes[$0...].starts(with: [0xFF, 0xDA] as [UInt8]) })
        var bomb = Array(bytes.dropLast(2))
        for _ in 0..<120 { bomb += bytes[last..<bytes.count - 2] }
        bomb += bytes.suffix(2)
        let error = #expect(throws: FileError.self) {
            try Image(encoded: bomb, name: "bomb.jpg")
        }
        #expect(error?.code == .unsupported)
        #expect(error?.message.hasPrefix("the picture has 126 scans, the limit is 100.") == true)
        let limits = ImageLimits(scans: 5)
        #expect(throws: FileError.self) {
            try Image(encoded: Self.progressive, name: "x", limits: limits)
        }
    }

    @Test("Promises that a file cannot keep cost no memory")
    func refusesBombs() throws {
        let small = Image(width: 8, height: 8).jpegData()
        for file in [[UInt8](Self.progressive), small] {
            var bomb = file
            let frame = try #require(
                bomb.indices.first {
                    bomb[$0] == 0xFF && [0xC0, 0xC2].contains(bomb[$0 + 1])
                })
            bomb.replaceSubrange(frame + 5..<frame + 9, with: [0x40, 0, 0x40, 0])
            let error = #expect(throws: FileError.self) {
                try Image(encoded: bomb, name: "bomb.jpg")
            }
            #expect(
                error?.message
                    == "cannot read the picture: it promises more pixels than it can hold.")
        }
    }

    @Test("Arithmetic coding, in which a file can keep any promise, is refused by name")
    func refusesArithmeticCoding() throws {
        for marker in [0xC9, 0xCA, 0xCB] as [UInt8] {
            var bytes = Image(width: 8, height: 8).jpegData()
            let frame = try #require(
                bytes.indices.first { bytes[$0...].starts(with: [0xFF, 0xC0] as [UInt8]) })
            bytes[frame + 1] = marker
            let error = #expect(throws: FileError.self) {
                try Image(encoded: bytes, name: "arithmetic.jpg")
            }
            #expect(error?.code == .unsupported)
            #expect(error?.message.contains("arithmetic coding") == true)
        }
    }

    /// Written by Pillow: `Image.new("CMYK", (8, 8), (10, 20, 30, 40)).save(..., quality=50)`.
    @Test func refusesTheColorsOfPrintByName() throws {
        let bytes = try #require(
            Data(
                base64Encoded: """
                    /9j/7gAOQWRvYmUAZAAAAAAA/9sAQwAQCwwODAoQDg0OEhEQExgoGhgWFhgxIyUdKDozPTw5Mzg3QEhcTkBE\
                    V0U3OFBtUVdfYmdoZz5NcXlwZHhcZWdj/8AAFAgACAAIBEMRAE0RAFkRAEsRAP/EABQAAQAAAAAAAAAAAAAA\
                    AAAAAAb/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/9oADgRDAE0AWQBLAAA/AHZsYlj/2Q==
                    """))
        let error = #expect(throws: FileError.self) { try Image(encoded: bytes, name: "print.jpg") }
        #expect(error?.code == .unsupported)
        #expect(error?.message.contains("CMYK") == true)
    }

    @Test("Every shorter piece of a file is refused, down to the last byte of samples")
    func refusesTruncatedFiles() {
        let bytes = Image.waves(width: 48, height: 48, channels: 1).jpegData()
        for count in 3..<bytes.count - 2 {
            let error = #expect(throws: FileError.self) {
                try Image(encoded: bytes.prefix(count), name: "part.jpg")
            }
            #expect(error?.code == .damaged, "\(count) bytes")
        }
    }

    @Test("No wrong byte crashes", arguments: [1, 3])
    func survivesWrongBytes(channels: Int) {
        let bytes = Image.waves(width: 24, height: 17, channels: channels).jpegData()
        for position in 3..<bytes.count {
            for mask in [0x01, 0x80, 0xFF] as [UInt8] {
                var damaged = bytes
                damaged[position] ^= mask
                // A wrong size must not cost more than the limit.
                let image = try? Image(
                    encoded: damaged, name: "damaged.jpg", limits: ImageLimits(samples: 1 << 16))
                #expect((image?.samples.count ?? 0) <= 1 << 16)
            }
        }
    }

    @Test func grayscaleOfColorIsItsLuma() throws {
        let picture = Image.waves(width: 33, height: 20, channels: 3)
        let bytes = picture.jpegData()
        let gray = try Image(encoded: bytes, name: "color.jpg", channels: 1)
        #expect(gray.channels == 1)
        let converted = try Image(encoded: bytes, name: "color.jpg").grayscale()
        let differences = zip(gray.samples, converted.samples).map { abs(Int($0) - Int($1)) }
        #expect(try #require(differences.max()) <= 2)
    }

    @Test func colorOfGrayscaleIsGray() throws {
        let bytes = Image.waves(width: 33, height: 20, channels: 1).jpegData()
        let color = try Image(encoded: bytes, name: "gray.jpg", channels: 3)
        #expect(try color == Image(encoded: bytes, name: "gray.jpg").rgb())
    }

    @Test("Bytes too many before the end, and zeros behind it, do not matter")
    func acceptsTheLitterOfCameras() throws {
        let bytes = Image.waves(width: 33, height: 20, channels: 3).jpegData()
        let littered = bytes.dropLast(2) + [1, 2, 3, 0xFF, 0xD9, 0, 0, 0]
        #expect(
            try Image(encoded: Array(littered), name: "littered.jpg")
                == Image(encoded: bytes, name: "clean.jpg"))
        #expect(throws: FileError.self) {
            try Image(encoded: bytes.dropLast(2) + [1, 2, 3, 0xFF, 0xC0], name: "no end.jpg")
        }
    }

    @Test func refusesNoise() {
        for count in [3, 10, 1000] {
            let noise = Image.noise(width: count, height: 1, channels: 1).samples
            let error = #expect(throws: FileError.self) {
                try Image(encoded: [0xFF, 0xD8, 0xFF] + noise, name: "noise.jpg")
            }
            #expect(error?.code == .damaged)
        }
    }

    @Test func honorsLimits() {
        let bytes = Image(width: 20, height: 10).jpegData()
        let error = #expect(throws: FileError.self) {
            try Image(encoded: bytes, name: "x", limits: ImageLimits(samples: 199))
        }
        #expect(error?.code == .unsupported)
        // What is decoded counts, not only what is kept of it.
        let color = Image.waves(width: 20, height: 10, channels: 3).jpegData()
        #expect(throws: FileError.self) {
            try Image(encoded: color, name: "x", channels: 1, limits: ImageLimits(samples: 599))
        }
        #expect(throws: Never.self) {
            try Image(encoded: color, name: "x", channels: 1, limits: ImageLimits(samples: 600))
        }
    }
}
