import CPNG
import Files
import Tensor

extension Image {
    static let pngSignature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    /// Decodes a PNG file to 8-bit samples: palettes become RGB, transparency is dropped, and
    /// samples are not corrected for gamma (as in Pillow and OpenCV).
    init(
        png bytes: UnsafeRawBufferPointer, name: String, limits: ImageLimits,
        appliesOrientation: Bool
    ) throws(FileError) {
        var reader = valence_png_reader()
        defer { valence_png_close(&reader) }
        let opened = valence_png_open(
            &reader, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count,
            UInt32(clamping: limits.side))
        guard opened != 0 else { throw .damagedPicture(name, reader.reason) }
        let (width, height, channels) = (reader.width, reader.height, reader.channels)
        try limits.check(width: width, height: height, channels: channels, name: name)
        // A byte of a deflated stream stands for 1032 bytes at most.
        guard reader.packed_bytes / 1032 <= bytes.count else {
            throw .damagedPicture(name, "it promises more pixels than it can hold")
        }
        var succeeded: Int32 = 0
        let samples = [UInt8](unsafeUninitializedCapacity: width * height * channels) {
            succeeded = valence_png_read(&reader, $0.baseAddress)
            $1 = succeeded != 0 ? $0.count : 0
        }
        guard succeeded != 0 else { throw .damagedPicture(name, reader.reason) }
        self.init(width: width, height: height, channels: channels, samples: samples)
        if appliesOrientation, let orientation = Self.orientation(png: bytes) {
            self = turned(orientation)
        }
    }

    /// The orientation that the EXIF chunk of a PNG file asks for.
    private static func orientation(png bytes: UnsafeRawBufferPointer) -> ImageOrientation? {
        // A chunk is its length, its name, its bytes and a checksum, which take 12 bytes but for
        // the third.
        var position = pngSignature.count
        while position + 12 <= bytes.count {
            let length = Int(
                bytes.loadUnaligned(fromByteOffset: position, as: UInt32.self).bigEndian)
            let chunk = position + 8..<position + 8 + length
            guard chunk.upperBound + 4 <= bytes.count else { return nil }
            if bytes[position + 4..<position + 8].elementsEqual("eXIf".utf8) {
                return ImageOrientation(exif: UnsafeRawBufferPointer(rebasing: bytes[chunk]))
            }
            position = chunk.upperBound + 4
        }
        return nil
    }

    /// The picture as the bytes of a PNG file, without loss.
    ///
    /// - Precondition: The picture has pixels.
    /// - Complexity: O(*n*) in the number of samples.
    public func pngData() -> [UInt8] {
        require(!samples.isEmpty, "a PNG file cannot hold a picture of \(width)x\(height)")
        var description = png_image()
        description.version = UInt32(PNG_IMAGE_VERSION)
        description.width = UInt32(width)
        description.height = UInt32(height)
        description.format = channels == 1 ? 0 : UInt32(PNG_FORMAT_FLAG_COLOR)
        defer { png_image_free(&description) }
        // Filters, chunk headers and zlib's framing of what does not compress.
        let capacity = samples.count + samples.count / 100 + height + 1024
        return [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            var size = buffer.count
            let succeeded = png_image_write_to_memory(
                &description, buffer.baseAddress, &size, 0, samples, 0, nil)
            require(
                succeeded != 0 && size <= buffer.count, "libpng cannot encode [\(height), \(width)]"
            )
            count = size
        }
    }
}

extension valence_png_reader {
    fileprivate var reason: String {
        withUnsafeBytes(of: message) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
    }
}
