import Files
import Foundation
import Imaging
import Testing

/// Decoding against files that were put together chunk by chunk with Python's `struct` and `zlib`.
struct ImagePNGTests {
    /// A file and the picture that is in it.
    struct Fixture: CustomTestStringConvertible {
        var testDescription: String
        var base64: String
        var picture: Image

        init(_ name: String, _ width: Int, _ height: Int, _ samples: [UInt8], _ base64: String) {
            testDescription = name
            self.base64 = base64
            picture = Image(
                width: width, height: height, channels: samples.count / (width * height),
                samples: samples)
        }

        var bytes: Data { Data(base64Encoded: base64) ?? Data() }
    }

    static let fixtures = [
        Fixture(
            "1-bit grayscale", 3, 2, [255, 0, 255, 0, 255, 0],
            "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACAQAAAAC1D1u3AAAADElEQVR42mNYwOAAAAIkAOFNFuheAAAAAElF"
                + "TkSuQmCC"),
        Fixture(
            "16-bit grayscale: 0x1280, 0xFFFF", 2, 1, [0x12, 0xFF],
            "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABEAAAAACB2fwVAAAADUlEQVR42mMQavj/HwAEygKR2QL2ZQAAAABJ"
                + "RU5ErkJggg=="),
        Fixture(
            "grayscale with alpha", 2, 1, [10, 20],
            "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAQAAABeK7cBAAAADUlEQVR42mPgYhD5DwABVAEe1Nx5KwAAAABJ"
                + "RU5ErkJggg=="),
        Fixture(
            "color with alpha", 1, 2, [1, 2, 3, 4, 5, 6],
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAACCAYAAACZgbYnAAAAEklEQVR42mNgZGJmYGBhZWsAAADjAJbWeDn/"
                + "AAAAAElFTkSuQmCC"),
        Fixture(
            "palette with transparency", 2, 1, [6, 5, 4, 9, 8, 7],
            "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAMAAADD/I+4AAAABlBMVEUJCAcGBQRRWNeRAAAAAXRSTlMAQObY"
                + "ZgAAAAtJREFUeNpjYGQAAAAFAAJCwkSfAAAAAElFTkSuQmCC"),
        Fixture(
            "a gamma of 1, which is not applied", 2, 1, [10, 200],
            "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAAAAADRSSBWAAAABGdBTUEAAYagMeiWXwAAAAtJREFUeNpj4DoB"
                + "AADfANPYhdKuAAAAAElFTkSuQmCC"),
        Fixture(
            "interlaced", 5, 3, [0, 1, 2, 3, 4, 10, 11, 12, 13, 14, 20, 21, 22, 23, 24],
            "iVBORw0KGgoAAAANSUhEUgAAAAUAAAADCAAAAAEJWqqyAAAAHklEQVR42mNgYGBhYGIQEZNgYGRmEBVn4OLm"
                + "4eUDAAY4ALW2ckghAAAAAElFTkSuQmCC"),
    ]

    @Test(arguments: fixtures)
    func decodes(fixture: Fixture) throws {
        #expect(try Image(encoded: fixture.bytes, name: "fixture") == fixture.picture)
    }

    @Test(arguments: [(1, 1), (1, 500), (500, 1), (17, 9), (48, 48), (640, 480)], [1, 3])
    func losesNothing(size: (width: Int, height: Int), channels: Int) throws {
        let picture = Image.noise(width: size.width, height: size.height, channels: channels)
        let decoded = try Image(encoded: picture.pngData(), name: "picture")
        #expect(decoded == picture)
    }

    @Test("Every shorter piece of a file is damaged, and none crashes", arguments: fixtures)
    func refusesTruncatedFiles(fixture: Fixture) {
        for count in 0..<fixture.bytes.count {
            let error = #expect(throws: FileError.self) {
                try Image(encoded: fixture.bytes.prefix(count), name: "part.png")
            }
            #expect(error?.location == "part.png")
            // Without its signature a file is no PNG at all.
            #expect(error?.code == (1..<8 ~= count ? .unsupported : .damaged), "\(count) bytes")
        }
    }

    @Test("No wrong byte crashes", arguments: fixtures)
    func survivesWrongBytes(fixture: Fixture) {
        for position in 8..<fixture.bytes.count {
            for mask in [0x01, 0x80, 0xFF] as [UInt8] {
                var damaged = fixture.bytes
                damaged[position] ^= mask
                let image = try? Image(encoded: damaged, name: "damaged.png")
                #expect((image?.samples.count ?? 0) <= 1 << 28)
            }
        }
    }

    @Test func noticesAWrongByteOfTheSamples() {
        var bytes = Image.noise(width: 48, height: 48, channels: 1).pngData()
        bytes[bytes.count / 2] ^= 1
        let error = #expect(throws: FileError.self) { try Image(encoded: bytes, name: "x.png") }
        #expect(error?.code == .damaged)
    }

    @Test(
        "Promises that a file cannot keep cost no memory",
        arguments: [
            // 16,384 x 16,384 grayscale pixels in 69 bytes.
            (
                "iVBORw0KGgoAAAANSUhEUgAAQAAAAEAACAAAAACMo09YAAAADElEQVR42mNgoD0AAABkAAG4me+ZAAAA"
                    + "AElFTkSuQmCC",
                "cannot read the picture: it promises more pixels than it can hold."
            ),
            // 32,768 x 32,768 pixels.
            (
                "iVBORw0KGgoAAAANSUhEUgAAgAAAAIAACAAAAADhF/yjAAAADElEQVR42mNgoD0AAABkAAG4me+ZAAAA"
                    + "AElFTkSuQmCC",
                "the picture of 32768x32768 pixels is larger than the limit of 32768 pixels a side "
                    + "and 268435456 samples. Make it smaller first."
            ),
            // 2,147,483,647 pixels a side.
            (
                "iVBORw0KGgoAAAANSUhEUn////9/////CAIAAACbq5wxAAAAAElFTkSuQmCC",
                "cannot read the picture: Invalid IHDR data."
            ),
        ])
    func refusesBombs(base64: String, message: String) throws {
        let bytes = try #require(Data(base64Encoded: base64))
        let error = #expect(throws: FileError.self) { try Image(encoded: bytes, name: "bomb.png") }
        #expect(error?.message == message)
    }

    @Test func honorsLimits() throws {
        let bytes = Image(width: 20, height: 10, channels: 3).pngData()
        #expect(throws: Never.self) {
            try Image(encoded: bytes, name: "x", limits: ImageLimits(side: 20, samples: 600))
        }
        let samples = #expect(throws: FileError.self) {
            try Image(encoded: bytes, name: "x", limits: ImageLimits(samples: 599))
        }
        #expect(samples?.code == .unsupported)
        #expect(throws: FileError.self) {
            try Image(encoded: bytes, name: "x", limits: ImageLimits(side: 19))
        }
    }
}
