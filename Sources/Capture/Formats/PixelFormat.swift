/// The format of raw frames, by its four characters as Video4Linux has them: `YUYV`.
public struct PixelFormat: Hashable, Sendable {
    /// The characters, the first in the lowest byte; the highest bit tells of big-endian samples.
    public var code: UInt32

    /// Creates a format of the number that a driver gives.
    public init(code: UInt32) {
        self.code = code
    }

    /// Creates a format of its characters: up to four of ASCII, filled with spaces, and `-BE`
    /// where samples are big-endian.
    ///
    /// - Returns: nil for anything else.
    public init?(_ text: String) {
        let isBigEndian = text.hasSuffix(Self.bigEndianMark)
        let characters = text.dropLast(isBigEndian ? Self.bigEndianMark.count : 0).utf8
        guard (1...4).contains(characters.count), characters.allSatisfy({ (32..<127).contains($0) })
        else { return nil }
        let padded = characters + [UInt8](repeating: 32, count: 4 - characters.count)
        code = padded.reversed().reduce(0) { $0 << 8 | UInt32($1) }
        if isBigEndian { code |= Self.bigEndianBit }
    }

    private static let bigEndianBit: UInt32 = 1 << 31
    private static let bigEndianMark = "-BE"
}

extension PixelFormat {
    /// Packed: luma, blue, luma, red.
    public static let yuyv = PixelFormat(ascii: "YUYV")
    /// Packed: blue, luma, red, luma.
    public static let uyvy = PixelFormat(ascii: "UYVY")
    /// Luma alone.
    public static let grey = PixelFormat(ascii: "GREY")
    /// A plane of luma, and one of blue and red for two by two pixels.
    public static let nv12 = PixelFormat(ascii: "NV12")
    /// Three planes: luma, and blue and red for two by two pixels; also known as I420.
    public static let yu12 = PixelFormat(ascii: "YU12")
    /// Packed: red, green, blue.
    public static let rgb3 = PixelFormat(ascii: "RGB3")
    /// Packed: blue, green, red.
    public static let bgr3 = PixelFormat(ascii: "BGR3")
    /// JPEG pictures, one a frame.
    public static let mjpg = PixelFormat(ascii: "MJPG")
    /// JPEG pictures with all that a file has, one a frame.
    public static let jpeg = PixelFormat(ascii: "JPEG")

    private init(ascii text: StaticString) {
        code = text.withUTF8Buffer { $0.reversed().reduce(0) { $0 << 8 | UInt32($1) } }
    }

    /// What people call the format, or nil if it is not one of the above.
    public var name: String? {
        switch self {
        case .yuyv: "YUV 4:2:2, packed as YUYV"
        case .uyvy: "YUV 4:2:2, packed as UYVY"
        case .grey: "grayscale, 8 bit"
        case .nv12: "YUV 4:2:0, in two planes"
        case .yu12: "YUV 4:2:0, in three planes"
        case .rgb3: "RGB, 24 bit"
        case .bgr3: "BGR, 24 bit"
        case .mjpg: "motion JPEG"
        case .jpeg: "JPEG"
        default: nil
        }
    }
}

extension PixelFormat: CustomStringConvertible {
    /// The characters, such as `Y16-BE`, without spaces behind them.
    ///
    /// Bytes that are no characters are shown as question marks.
    public var description: String {
        let characters = (0..<4).map { position -> Character in
            let byte = UInt8(truncatingIfNeeded: (code & ~Self.bigEndianBit) >> (8 * position))
            return (32..<127).contains(byte) ? Character(UnicodeScalar(byte)) : "?"
        }
        let end = characters.lastIndex { $0 != " " }.map { $0 + 1 } ?? 0
        return String(characters[..<end])
            + (code & Self.bigEndianBit != 0 ? Self.bigEndianMark : "")
    }
}
