/// What is wanted of a camera.
///
/// A camera that does not have the size, the rate or the format gives what is nearest;
/// `Camera.adjustments` tells.
public struct CameraRequest: Hashable, Sendable {
    /// The number of columns.
    public var width: Int
    /// The number of rows.
    public var height: Int
    /// Frames a second; nil is content with what is nearest to 30.
    public var frameRate: Double?
    var targetRate: Double { frameRate ?? 30 }
    /// The format in which frames come from the camera; nil takes the one that is quickest to
    /// convert among those that have the size and the rate.
    public var pixelFormat: PixelFormat?
    /// The color of the frames.
    public var color: FrameColor
    /// How long no good frame may come until the camera counts as stalled.
    public var stallLimit: Duration

    /// Creates a request.
    public init(
        width: Int = 640, height: Int = 480, frameRate: Double? = nil,
        pixelFormat: PixelFormat? = nil, color: FrameColor = .grayscale,
        stallLimit: Duration = .seconds(5)
    ) {
        self.width = width
        self.height = height
        self.frameRate = frameRate
        self.pixelFormat = pixelFormat
        self.color = color
        self.stallLimit = stallLimit
    }
}
