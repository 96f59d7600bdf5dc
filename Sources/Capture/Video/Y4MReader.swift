import Files
import Imaging
import Kernels

/// Reads Y4M: uncompressed frames of luma and differences of color, each behind a line of text.
final class Y4MReader: VideoReader {
    let frameRate: Double?

    private var reader: ByteReader
    private let shape: YUVShape
    private let encoding: YUVEncoding
    /// What the frames have of what was asked for.
    private let available: FrameColor
    private let color: FrameColor
    private var bytes: [UInt8] = []
    private var frame = 0
    private var isAtEnd = false

    /// Reads the header of a file.
    ///
    /// - Returns: nil if the samples have a format that is not read here.
    /// - Throws: `FileError` if the header is damaged, or promises frames larger than `limits`.
    init?(_ reader: ByteReader, color: FrameColor, limits: ImageLimits) throws(FileError) {
        self.reader = reader
        let name = reader.source.name
        guard let line = try self.reader.line(limit: Y4MHeader.limit),
            line.starts(with: Y4MHeader.signature)
        else {
            throw FileError(.damaged, at: name, "cannot read the header of the Y4M video.")
        }
        let header = Y4MHeader(line)
        try limits.check(
            width: header.width, height: header.height, channels: color.channels, name: name)
        guard let shape = header.shape else { return nil }
        self.shape = shape
        self.color = color
        available = header.isMono ? .grayscale : color
        encoding = header.encoding
        frameRate = header.frameRate
    }

    func nextImage() throws(FileError) -> Image? {
        guard !isAtEnd, try !reader.peek(1).isEmpty else { return nil }
        isAtEnd = true
        guard let line = try reader.line(limit: Y4MHeader.limit),
            line.starts(with: "FRAME".utf8)
        else {
            throw damaged("does not begin as frames do")
        }
        // Nobody looks at colors that become gray.
        var needed = shape
        if available == .grayscale { (needed.blue, needed.red) = (shape.luma, shape.luma) }
        let rest = shape.byteCount - needed.byteCount
        guard try reader.read(needed.byteCount, into: &bytes), try reader.skip(rest) else {
            throw damaged("is cut short")
        }
        isAtEnd = false
        frame += 1
        return bytes.withUnsafeBufferPointer { bytes in
            Image(bytes, shape: needed, encoding: encoding, color: available)
                .converted(toChannels: color.channels)
        }
    }

    private func damaged(_ reason: String) -> FileError {
        FileError(.damaged, at: "\(reader.source.name), frame \(frame)", "the frame \(reason).")
    }
}
