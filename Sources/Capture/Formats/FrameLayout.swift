public import Imaging
import Kernels

/// How the bytes of a raw frame make a picture.
public struct FrameLayout: Hashable, Sendable {
    /// The arrangement of the samples.
    public let format: PixelFormat
    /// The number of columns.
    public let width: Int
    /// The number of rows.
    public let height: Int
    /// How many bytes after a line the next one begins; in formats with planes, in that of luma.
    public let bytesPerLine: Int
    /// What the samples mean; formats of red, green and blue need none.
    public let encoding: YUVEncoding

    /// Describes frames.
    ///
    /// - Parameters:
    ///   - format: YUYV, UYVY, GREY, NV12, YU12, RGB3 or BGR3; in those with planes they follow
    ///     one another at once.
    ///   - width: The number of columns, odd ones included.
    ///   - height: The number of rows, odd ones included.
    ///   - bytesPerLine: From a line to the next. By default, or if 0, lines have no padding.
    ///   - encoding: What the samples mean.
    ///   - name: What messages call the source of the frames.
    /// - Throws: `CaptureError` with the code `unsupported` for other formats and for sizes beyond
    ///   32,768 pixels a side, `damaged` if the lines are too short for their pixels.
    public init(
        _ format: PixelFormat, width: Int, height: Int, bytesPerLine: Int = 0,
        encoding: YUVEncoding = YUVEncoding(), name: String
    ) throws(CaptureError) {
        let limit = ImageLimits().side
        guard (1...limit).contains(width), (1...limit).contains(height) else {
            throw CaptureError(
                .unsupported, at: name,
                "frames of \(width)x\(height) pixels are beyond the limit of \(limit) a side.")
        }
        guard let shortestLine = format.bytesPerLine(width: width) else {
            let known = Self.formats.map(\.description).joined(separator: ", ")
            throw CaptureError(
                .unsupported, at: name, "cannot convert frames of format \(format), only \(known).")
        }
        let stride = bytesPerLine == 0 ? shortestLine : bytesPerLine
        guard stride >= shortestLine, stride <= 16 * limit else {
            throw CaptureError(
                .damaged, at: name,
                "a line of \(width) pixels \(format) cannot have \(bytesPerLine) bytes.")
        }
        self.format = format
        self.width = width
        self.height = height
        self.bytesPerLine = stride
        self.encoding = encoding
    }

    /// The formats that can be converted.
    public static let formats: [PixelFormat] = [
        .yuyv, .uyvy, .grey, .nv12, .yu12, .rgb3, .bgr3,
    ]

    /// The number of bytes from the first of a frame to its last sample.
    public var byteCount: Int {
        yuvShape?.byteCount ?? (height - 1) * bytesPerLine + 3 * width
    }

    /// Converts a frame.
    ///
    /// Grayscale is the luma, which limited encodings have between 16 and 235, spread from 0 to
    /// 255.
    ///
    /// - Parameters:
    ///   - bytes: The frame; what follows its last sample is not looked at.
    ///   - color: What the picture shall have.
    ///   - name: What messages call the frame.
    /// - Returns: The picture, `[height, width, color.channels]`.
    /// - Throws: `CaptureError` with the code `damaged` if there are fewer than `byteCount` bytes.
    /// - Complexity: O(*n*) in the number of pixels.
    public func image(
        from bytes: UnsafeRawBufferPointer, color: FrameColor, name: String
    ) throws(CaptureError) -> Image {
        guard bytes.count >= byteCount else {
            throw CaptureError(
                .damaged, at: name,
                "the frame has \(bytes.count) bytes, but \(width)x\(height) \(format) takes "
                    + "\(byteCount).")
        }
        let bytes = bytes.assumingMemoryBound(to: UInt8.self)
        guard let shape = yuvShape else {
            return packedRGB(bytes).converted(toChannels: color.channels)
        }
        let available = format == .grey ? .grayscale : color
        return Image(bytes, shape: shape, encoding: encoding, color: available)
            .converted(toChannels: color.channels)
    }

    /// Where the samples of luma and of color lie; nil where there are none.
    private var yuvShape: YUVShape? {
        func packed(luma: Int, blue: Int, red: Int) -> YUVShape {
            YUVShape(
                height: height, width: width,
                luma: SamplePlane(offset: luma, stride: bytesPerLine, step: 2),
                blue: SamplePlane(offset: blue, stride: bytesPerLine, step: 4),
                red: SamplePlane(offset: red, stride: bytesPerLine, step: 4),
                rowsPerColor: 1, columnsPerColor: 2)
        }
        switch format {
        case .yuyv: return packed(luma: 0, blue: 1, red: 3)
        case .uyvy: return packed(luma: 1, blue: 0, red: 2)
        case .grey: return .planar(height: height, width: width, lumaStride: bytesPerLine)
        case .yu12:
            return .planar(
                height: height, width: width, lumaStride: bytesPerLine, rowsPerColor: 2,
                columnsPerColor: 2)
        case .nv12:
            var shape = YUVShape.planar(height: height, width: width, lumaStride: bytesPerLine)
            shape.blue = SamplePlane(offset: height * bytesPerLine, stride: bytesPerLine, step: 2)
            shape.red = shape.blue
            shape.red.offset += 1
            (shape.rowsPerColor, shape.columnsPerColor) = (2, 2)
            return shape
        default: return nil
        }
    }

    private func packedRGB(_ bytes: UnsafeBufferPointer<UInt8>) -> Image {
        let lineLength = 3 * width
        let samples = [UInt8](unsafeUninitializedCapacity: height * lineLength) { target, count in
            for row in 0..<height {
                let line = UnsafeBufferPointer(
                    rebasing: bytes[row * bytesPerLine..<row * bytesPerLine + lineLength])
                let result = UnsafeMutableBufferPointer(
                    rebasing: target[row * lineLength..<(row + 1) * lineLength])
                if format == .bgr3 {
                    rgbFromBGR(line, into: result)
                } else {
                    _ = result.update(fromContentsOf: line)
                }
            }
            count = target.count
        }
        return Image(width: width, height: height, channels: 3, samples: samples)
    }
}

extension PixelFormat {
    /// The number of bytes of a line without padding, or nil if frames cannot be converted.
    func bytesPerLine(width: Int) -> Int? {
        switch self {
        case .yuyv, .uyvy: (width + 1) / 2 * 4
        case .grey, .yu12: width
        case .nv12: (width + 1) / 2 * 2
        case .rgb3, .bgr3: 3 * width
        default: nil
        }
    }
}
