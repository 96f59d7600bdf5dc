import Tensor

/// A picture of 8-bit samples, `[height, width, channels]`: 1 channel is grayscale, 3 are RGB.
public struct Image: Hashable, Sendable {
    /// The number of columns.
    public let width: Int
    /// The number of rows.
    public let height: Int
    /// 1 (grayscale) or 3 (red, green, blue).
    public let channels: Int
    /// The samples row by row, channels fastest.
    public var samples: [UInt8]

    /// Creates a picture of one value.
    public init(width: Int, height: Int, channels: Int = 1, filledWith value: UInt8 = 0) {
        self.init(
            width: width, height: height, channels: channels,
            samples: [UInt8](repeating: value, count: width * height * channels))
    }

    /// Creates a picture from its samples.
    ///
    /// - Precondition: There are `width * height * channels` samples, and 1 or 3 channels.
    public init(width: Int, height: Int, channels: Int, samples: [UInt8]) {
        require(
            channels == 1 || channels == 3, "a picture has 1 or 3 channels, not \(channels)")
        require(
            width >= 0 && height >= 0 && samples.count == width * height * channels,
            "\(samples.count) samples do not fill [\(height), \(width), \(channels)]")
        self.width = width
        self.height = height
        self.channels = channels
        self.samples = samples
    }
}
