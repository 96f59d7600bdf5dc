import CV4L2
import Imaging
import Testing

@testable import Capture

struct FrameConverterTests {
    private func format(
        _ pixelFormat: PixelFormat, change: (inout v4l2_pix_format) -> Void = { _ in }
    ) -> v4l2_pix_format {
        var format = v4l2_pix_format(
            CameraMode(pixelFormat: pixelFormat, width: 64, height: 48))
        change(&format)
        return format
    }

    private func picture(
        _ bytes: [UInt8], _ format: v4l2_pix_format, _ color: FrameColor = .rgb
    ) throws -> Image? {
        let converter = try FrameConverter(
            format: format, color: color, library: V4LConverter(), name: "camera")
        return bytes.withUnsafeBytes { converter.picture(of: $0) }
    }

    @Test func jpegFramesBecomeGrayOrColor() throws {
        let image = Image(width: 64, height: 48, channels: 3, filledWith: 90)
        let bytes = image.jpegData()
        #expect(try picture(bytes, format(.mjpg)) == image)
        #expect(try picture(bytes, format(.mjpg), .grayscale) == image.grayscale())
        #expect(try picture(Array(bytes.dropLast(20)), format(.mjpg)) == nil)
        #expect(try picture([], format(.mjpg)) == nil)
        #expect(try picture([UInt8](repeating: 7, count: 500), format(.jpeg)) == nil)
    }

    @Test("Cameras leave out the Huffman tables of the standard")
    func missingTables() throws {
        let image = Image(width: 64, height: 48, channels: 3, filledWith: 90)
        var bytes = image.jpegData()
        while let start = bytes.indices.dropLast().first(where: {
            bytes[$0] == 0xFF && bytes[$0 + 1] == 0xC4
        }) {
            let length = Int(bytes[start + 2]) << 8 | Int(bytes[start + 3])
            bytes.removeSubrange(start..<start + 2 + length)
        }
        #expect(bytes.count < image.jpegData().count)
        #expect(try picture(bytes, format(.mjpg)) == image)
    }

    @Test("Cameras leave bytes that belong to nothing")
    func extraneousBytes() throws {
        let image = Image(width: 64, height: 48, channels: 3, filledWith: 90)
        var bytes = image.jpegData()
        bytes.insert(contentsOf: [0, 0, 0, 0], at: bytes.count - 2)
        #expect(try picture(bytes + [0, 0, 0], format(.mjpg)) == image)
    }

    @Test func aJPEGOfAnotherSizeIsDamaged() throws {
        let image = Image(width: 32, height: 48, channels: 3)
        #expect(try picture(image.jpegData(), format(.mjpg)) == nil)
    }

    @Test("Formats that only the library knows", arguments: ["RGB4", "XR24", "BA81", "Y16"])
    func library(name: String) throws {
        let pixelFormat = try #require(PixelFormat(name))
        let bytesPerPixel = ["RGB4": 4, "XR24": 4, "BA81": 1, "Y16": 2][name]!
        let format = format(pixelFormat) { $0.bytesperline = UInt32(64 * bytesPerPixel) }
        let bytes = [UInt8](repeating: 200, count: 64 * 48 * bytesPerPixel)
        let gray = Image(width: 64, height: 48, channels: 1, filledWith: 200)
        #expect(try picture(bytes, format) == gray.rgb())
        #expect(try picture(bytes, format, .grayscale) == gray)
        #expect(try picture(Array(bytes.dropLast()), format) == nil)
    }

    @Test("The library has no list; it is asked with a small frame")
    func unknownFormats() throws {
        let library = try #require(V4LConverter())
        for name in ["YVYU", "YV12", "RGBP", "GRBG", "BG10", "MJPG", "PJPG", "S920"] {
            #expect(library.knows(try #require(PixelFormat(name))), "\(name)")
        }
        for name in ["VYUY", "NV21", "Y10", "AB24", "R444", "BG12", "H264", "HEVC", "????"] {
            #expect(!library.knows(try #require(PixelFormat(name))), "\(name)")
        }
    }

    @Test("What the driver tells of the encoding of color, and what it leaves to be guessed")
    func encodings() {
        func encoding(
            _ pixelFormat: PixelFormat = .yuyv, _ change: (inout v4l2_pix_format) -> Void
        ) -> YUVEncoding {
            YUVEncoding(format(pixelFormat, change: change))
        }
        #expect(encoding { _ in } == YUVEncoding(matrix: .bt601, range: .limited))
        #expect(
            encoding { $0.colorspace = V4L2_COLORSPACE_SRGB.rawValue }
                == YUVEncoding(matrix: .bt601, range: .limited))
        #expect(
            encoding { $0.colorspace = V4L2_COLORSPACE_JPEG.rawValue }
                == YUVEncoding(matrix: .bt601, range: .full))
        #expect(
            encoding { $0.colorspace = V4L2_COLORSPACE_REC709.rawValue }
                == YUVEncoding(matrix: .bt709, range: .limited))
        #expect(
            encoding {
                $0.ycbcr_enc = V4L2_YCBCR_ENC_709.rawValue
                $0.quantization = V4L2_QUANTIZATION_FULL_RANGE.rawValue
            } == YUVEncoding(matrix: .bt709, range: .full))
        #expect(encoding(.grey) { _ in }.range == .full)
        #expect(
            encoding(.grey) { $0.quantization = V4L2_QUANTIZATION_LIM_RANGE.rawValue }.range
                == .limited)
    }
}
