import CV4L2
import Imaging

/// Converts the formats of rare cameras with libv4lconvert.
final class V4LConverter {
    private let converter: OpaquePointer

    /// Creates a converter; nil without memory.
    init?() {
        guard let converter = v4lconvert_create_alone() else { return nil }
        self.converter = converter
    }

    deinit { v4lconvert_destroy(converter) }

    /// Whether the library knows the format; as it has no list, a small black frame shows it.
    func knows(_ format: PixelFormat) -> Bool {
        var small = v4l2_pix_format()
        small.width = 64
        small.height = 48
        small.pixelformat = format.code
        small.bytesperline = 64 * 4
        let black = [UInt8](repeating: 0, count: 64 * 48 * 4)
        if black.withUnsafeBytes({ picture(of: $0, format: small) }) != nil { return true }
        let reason = String(cString: v4lconvert_get_error_message(converter))
        return !reason.contains("Unknown src format")
    }

    /// Converts a frame.
    ///
    /// - Parameters:
    ///   - bytes: The frame.
    ///   - format: Its format and size.
    ///   - isCompressed: Whether it may have fewer bytes than its lines would take.
    /// - Returns: The picture in RGB; nil if the frame is damaged or the format unknown.
    func picture(
        of bytes: UnsafeRawBufferPointer, format: v4l2_pix_format, isCompressed: Bool = false
    ) -> Image? {
        let lineBytes = Int(format.bytesperline) * Int(format.height)
        guard isCompressed || bytes.count >= lineBytes else { return nil }
        // The library believes sizes without counting bytes: it may read up to three planes of
        // lines, and compressed data to an end that is not there.
        let padding = [UInt8](repeating: 0, count: max(3 * lineBytes - bytes.count, 4096))
        return (Array(bytes) + padding).withUnsafeBytes {
            converted($0, count: bytes.count, format: format)
        }
    }

    /// Converts a frame of `count` bytes, behind which there may be more.
    private func converted(
        _ bytes: UnsafeRawBufferPointer, count byteCount: Int, format: v4l2_pix_format
    ) -> Image? {
        let (width, height) = (Int(format.width), Int(format.height))
        guard let start = bytes.assumingMemoryBound(to: UInt8.self).baseAddress else { return nil }
        var source = v4l2_format()
        source.type = V4L2_BUF_TYPE_VIDEO_CAPTURE.rawValue
        source.fmt.pix = format
        var target = source
        target.fmt.pix.pixelformat = PixelFormat.rgb3.code
        target.fmt.pix.bytesperline = format.width * 3
        target.fmt.pix.sizeimage = format.width * format.height * 3
        let count = width * height * 3
        var converted = 0
        let samples = [UInt8](unsafeUninitializedCapacity: count) {
            // The library takes the source for writable, and does not write to it.
            converted = Int(
                v4lconvert_convert(
                    self.converter, &source, &target, UnsafeMutablePointer(mutating: start),
                    Int32(byteCount), $0.baseAddress, Int32(count)))
            $1 = converted == count ? count : 0
        }
        guard converted == count else { return nil }
        return Image(width: width, height: height, channels: 3, samples: samples)
    }
}
