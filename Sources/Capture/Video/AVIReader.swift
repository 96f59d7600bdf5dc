import Files
import Imaging

/// Reads AVI files of motion JPEG, of any size, as cameras and OpenCV write them.
///
/// Pictures lack their Huffman tables where those are the usual ones; libjpeg-turbo knows them.
final class AVIReader: VideoReader {
    let frameRate: Double?

    private var chunks: AVIChunks
    private let color: FrameColor
    private let limits: ImageLimits
    /// What the pieces with frames are called: the number of their stream, and `dc` or `db`.
    private let frameNames: Set<FourCC>
    private var bytes: [UInt8] = []
    private var last: Image?
    private var frame = 0
    private var isAtEnd = false

    /// Reads a file up to its frames.
    ///
    /// - Returns: nil if something else than motion JPEG compressed them.
    /// - Throws: `FileError` if the header is damaged.
    init?(_ reader: ByteReader, color: FrameColor, limits: ImageLimits) throws(FileError) {
        chunks = AVIChunks(reader)
        let header = try AVIHeader(&chunks)
        guard header.codec.isSame(as: FourCC("MJPG")) || header.codec.isSame(as: FourCC("JPEG"))
        else { return nil }
        frameRate = header.frameRate
        self.color = color
        self.limits = limits
        let digits = [header.stream / 10 % 10, header.stream % 10].map { UInt32(48 + $0) }
        frameNames = Set(
            ["dc", "db"].map { (kind: StaticString) in
                FourCC(code: digits[0] | digits[1] << 8 | FourCC(kind).code << 16)
            })
    }

    func nextImage() throws(FileError) -> Image? {
        guard !isAtEnd else { return nil }
        isAtEnd = true
        while let chunk = try chunks.next() {
            guard frameNames.contains(chunk.name) else {
                guard try chunks.reader.skip(chunk.paddedSize) else { return nil }
                continue
            }
            defer { frame += 1 }
            let location = "\(chunks.reader.source.name), frame \(frame)"
            guard chunk.size <= limits.samples,
                try chunks.reader.read(chunk.size, into: &bytes)
            else {
                throw FileError(.damaged, at: location, "the frame is cut short.")
            }
            _ = try chunks.reader.skip(chunk.size % 2)
            isAtEnd = false
            // A frame without bytes is the one before it once more.
            if chunk.size == 0, let last { return last }
            let image = try decode(bytes[..<chunk.size], name: location)
            last = image
            return image
        }
        return nil
    }

    private func decode(_ bytes: ArraySlice<UInt8>, name: String) throws(FileError) -> Image {
        let result: Result<Image, FileError> = bytes.withUnsafeBytes { bytes in
            Result { () throws(FileError) in
                try Image(encoded: bytes, name: name, channels: color.channels, limits: limits)
            }
        }
        return try result.get()
    }
}
