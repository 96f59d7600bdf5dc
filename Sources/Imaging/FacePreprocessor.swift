package import Kernels

/// What turns the samples of a face crop into the input of a network.
///
/// Training, evaluation and camera all go through this one function, and a weights file carries
/// it, so that a network never sees pixels scaled otherwise than those it was trained on.
public struct FacePreprocessor: Hashable, Codable, Sendable {
    /// The number of rows of the network's input.
    public var height: Int
    /// The number of columns of the network's input.
    public var width: Int
    /// 1 (grayscale) or 3 (RGB).
    public var channels: Int
    /// What is subtracted from a sample after it was scaled to 0...1.
    public var mean: Float
    /// What the difference is divided by.
    public var spread: Float

    /// Creates a preprocessor; without a mean and a spread it only scales samples to 0...1.
    public init(
        height: Int = 48, width: Int = 48, channels: Int = 1, mean: Float = 0, spread: Float = 1
    ) {
        self.height = height
        self.width = width
        self.channels = channels
        self.mean = mean
        self.spread = spread
    }

    /// The network's value of a sample: `(sample / 255 - mean) / spread`.
    public func value(of sample: Float) -> Float {
        scaling(sample)
    }

    /// The same for whole pictures.
    package var scaling: SampleScaling { SampleScaling(mean: mean, spread: spread) }
}
