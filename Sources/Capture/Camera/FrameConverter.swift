import CV4L2
import Imaging

/// Turns the raw frames of a camera into pictures.
struct FrameConverter {
    private let format: v4l2_pix_format
    private let isCompressed: Bool
    private let color: FrameColor
    private let name: String
    private let library: V4LConverter?
    /// The arrangement of the samples, if our own loops convert them.
    private let layout: FrameLayout?

    /// A converter of frames as a driver has settled them.
    ///
    /// - Throws: `CaptureError` if nothing converts the format, or the driver's numbers cannot be.
    init(
        format: v4l2_pix_format, isCompressed: Bool = false, color: FrameColor,
        library: V4LConverter?, name: String
    ) throws(CaptureError) {
        self.format = format
        self.isCompressed = isCompressed
        self.color = color
        self.name = name
        self.library = library
        let pixelFormat = PixelFormat(code: format.pixelformat)
        guard Self.canConvert(pixelFormat, library: library) else {
            throw .unknownFormat(pixelFormat, offered: [], at: name)
        }
        let limits = ImageLimits()
        let (width, height) = (Int(format.width), Int(format.height))
        guard 1...limits.side ~= width, 1...limits.side ~= height,
            width * height * 3 <= limits.samples
        else {
            throw CaptureError(
                .unsupported, at: name,
                "frames of \(width)x\(height) pixels are beyond the limit. Choose a smaller size.")
        }
        layout =
            try FrameLayout.formats.contains(pixelFormat)
            ? FrameLayout(
                pixelFormat, width: width, height: height, bytesPerLine: Int(format.bytesperline),
                encoding: YUVEncoding(format), name: name) : nil
    }

    /// Whether frames of a format can be converted.
    static func canConvert(_ format: PixelFormat, library: V4LConverter?) -> Bool {
        FrameLayout.formats.contains(format) || format == .mjpg || format == .jpeg
            || library?.knows(format) ?? false
    }

    /// The picture of a frame; nil if the frame is damaged.
    func picture(of bytes: UnsafeRawBufferPointer) -> Image? {
        if let layout { return try? layout.image(from: bytes, color: color, name: name) }
        let picture =
            switch PixelFormat(code: format.pixelformat) {
            case .mjpg, .jpeg:
                try? Image(
                    encoded: bytes, name: name, channels: color.channels,
                    limits: ImageLimits(side: Int(max(format.width, format.height))),
                    appliesOrientation: false)
            default: library?.picture(of: bytes, format: format, isCompressed: isCompressed)
            }
        guard let picture, picture.width == Int(format.width),
            picture.height == Int(format.height)
        else { return nil }
        return picture.converted(toChannels: color.channels)
    }
}

extension YUVEncoding {
    /// The encoding that a driver tells, or what its color space implies.
    init(_ format: v4l2_pix_format) {
        let isHighDefinition =
            switch v4l2_ycbcr_encoding(format.ycbcr_enc) {
            case V4L2_YCBCR_ENC_DEFAULT:
                format.colorspace == V4L2_COLORSPACE_REC709.rawValue
                    || format.colorspace == V4L2_COLORSPACE_DCI_P3.rawValue
            case V4L2_YCBCR_ENC_709, V4L2_YCBCR_ENC_XV709: true
            default: false
            }
        let isFull =
            switch v4l2_quantization(format.quantization) {
            case V4L2_QUANTIZATION_DEFAULT:
                // Luma without color comes from sensors as it is.
                format.colorspace == V4L2_COLORSPACE_JPEG.rawValue
                    || format.pixelformat == PixelFormat.grey.code
            case V4L2_QUANTIZATION_FULL_RANGE: true
            default: false
            }
        self.init(
            matrix: isHighDefinition ? .bt709 : .bt601, range: isFull ? .full : .limited)
    }
}
