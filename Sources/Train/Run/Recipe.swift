import CNN

/// A way of training that has proved itself, with the network and the epochs that go with it.
public enum Recipe: String, CaseIterable, Sendable {
    /// What the published figures of the `sequential` network were reached with.
    case reference
    /// What the network `expression` reads faces best with.
    case accurate

    /// The built-in architecture that the recipe was made for.
    public var architecture: String {
        switch self {
        case .reference: "sequential"
        case .accurate: "expression"
        }
    }

    /// The number of epochs that the recipe was made for.
    public var epochs: Int {
        switch self {
        case .reference: 30
        case .accurate: 100
        }
    }

    /// The settings for a number of epochs.
    public func configuration(epochs: Int) -> TrainingConfiguration {
        switch self {
        case .reference: .reference(epochs: epochs)
        case .accurate: .accurate(epochs: epochs)
        }
    }
}

extension TrainingConfiguration {
    /// What the published figures of the `sequential` network were reached with: Adam at 1e-4, with
    /// a decay of 4 % in 100,000 steps, batches of 64, pictures as they are.
    public static func reference(epochs: Int) -> TrainingConfiguration {
        TrainingConfiguration(epochs: epochs)
    }

    /// What the network `expression` reads faces best with: stochastic gradient descent with
    /// Nesterov's momentum, weight decay, a cosine with warm-up, strong augmentation, smoothed
    /// labels and averaged weights.
    public static func accurate(epochs: Int) -> TrainingConfiguration {
        var configuration = TrainingConfiguration(epochs: epochs)
        configuration.batchSize = 128
        configuration.optimizer = .sgd(SGD(momentum: 0.9, nesterov: true, weightDecay: 5e-4))
        configuration.schedule = .cosine(
            peak: 0.05, warmup: min(2, Double(epochs) / 5), epochs: Double(epochs))
        configuration.loss = SoftmaxCrossEntropy(labelSmoothing: 0.1)
        configuration.averaging = WeightAverage(decay: 0.999)
        configuration.augmentation = .strong
        return configuration
    }
}
