/// What the samples of a frame stand for.
public enum FrameColor: Sendable {
    /// 1 channel, the luma.
    case grayscale
    /// 3 channels: red, green, blue.
    case rgb

    /// The number of channels: 1 or 3.
    public var channels: Int { self == .grayscale ? 1 : 3 }
}
