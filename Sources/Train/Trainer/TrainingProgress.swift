public import CNN

/// How far a training has come.
public struct TrainingProgress: Hashable, Codable, Sendable {
    /// The number of complete epochs.
    public var epochs = 0
    /// The number of steps in the epoch that has begun.
    public var stepsInEpoch = 0
    /// The number of steps since the beginning.
    public var steps = 0
    /// What the steps of the epoch that has begun came to.
    public var running = SoftmaxCrossEntropy.Result()
    /// The time that these steps took, in seconds.
    public var seconds = 0.0

    /// The beginning.
    public init() {}
}
