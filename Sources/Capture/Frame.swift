public import Imaging

/// A picture of a camera, a video or a folder.
public struct Frame: Sendable {
    /// The picture: 1 channel or 3, as the source was asked for.
    public var image: Image
    /// What it came from, for people: `/dev/video0`, `faces/0001.jpg`.
    public var source: String
    /// Its number in the source, from 0 on; a camera counts the frames that it dropped.
    public var index: Int
    /// When it was taken, since the first frame.
    public var time: Duration

    /// Creates a frame.
    public init(image: Image, source: String, index: Int, time: Duration) {
        self.image = image
        self.source = source
        self.index = index
        self.time = time
    }
}
