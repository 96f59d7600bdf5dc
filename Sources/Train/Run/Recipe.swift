import CNN

/// Settings of a training by a name, with the network and the epochs that they were made for.
public enum Recipe: String, CaseIterable, Sendable {
    /// What the published figures of the `sequential` network were reached with: Adam at 1e-4, with
    /// a decay of 4 % in 100,000 steps, batches of 64, pictures as they are.
    case reference
    /// What Valence's own network, `expression`, was trained with: stochastic gradient descent with
    /// Nesterov's momentum, weight decay, a cosine with warm-up, batches of 128, strong augmentation,
    /// smoothed labels and averaged weights.
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
        var configuration = TrainingConfiguration(epochs: epochs)
        switch self {
        case .reference:
            break
        case .accurate:
            configuration.batchSize = 128
            configuration.optimizer = .sgd(SGD(momentum: 0.9, nesterov: true, weightDecay: 5e-4))
            configuration.schedule = .cosine(
                peak: 0.05, warmup: min(2, Double(epochs) / 5), epochs: Double(epochs))
            configuration.loss = SoftmaxCrossEntropy(labelSmoothing: 0.1)
            configuration.averaging = WeightAverage(decay: 0.999)
            configuration.augmentation = .strong
        }
        return configuration
    }
}
