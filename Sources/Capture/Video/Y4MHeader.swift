import Files
import Imaging
import Kernels

/// The first line of a Y4M file: what its frames are.
struct Y4MHeader {
    /// What the line begins with.
    static let signature = Array("YUV4MPEG2".utf8)
    /// A longer line is none.
    static let limit = 4096

    var width = 0
    var height = 0
    /// Frames a second, where the file tells.
    var frameRate: Double?
    /// The name of the format of the samples.
    var colorSpace = "420"
    /// What the samples mean; which matrix they were made with is never told.
    var encoding = YUVEncoding()

    /// Reads parameters, each a letter and a value; others than these do not matter here.
    init(_ line: some Sequence<UInt8>) {
        for parameter in String(decoding: Array(line), as: UTF8.self).split(separator: " ")
            .dropFirst()
        {
            let value = parameter.dropFirst()
            switch parameter.first {
            case "W": width = Int(value) ?? 0
            case "H": height = Int(value) ?? 0
            case "F": frameRate = Self.ratio(value)
            case "C": colorSpace = String(value)
            case "X" where value == "COLORRANGE=FULL": encoding.range = .full
            default: break
            }
        }
    }

    private static func ratio(_ text: Substring) -> Double? {
        let parts = text.split(separator: ":").compactMap { UInt32($0) }
        guard parts.count == 2, parts[1] > 0 else { return nil }
        let rate = Double(parts[0]) / Double(parts[1])
        return FrameRatio.rates.contains(rate) ? rate : nil
    }

    /// The size of a frame is taken from here.
    ///
    /// - Returns: nil for a format that is not read here: more than 8 bits, or transparency.
    /// - Precondition: The size is within limits.
    var shape: YUVShape? {
        let sharing: (rows: Int, columns: Int)
        switch colorSpace {
        case "420", "420jpeg", "420mpeg2", "420paldv": sharing = (2, 2)
        case "422": sharing = (1, 2)
        case "444": sharing = (1, 1)
        case "mono": sharing = (0, 0)
        default: return nil
        }
        return .planar(
            height: height, width: width, lumaStride: width, rowsPerColor: sharing.rows,
            columnsPerColor: sharing.columns)
    }

    /// Whether there is luma alone.
    var isMono: Bool { colorSpace == "mono" }
}
