import CNN

extension TrainingConfiguration {
    /// The names of the recipes.
    public static let recipeNames = ["reference", "regularized"]

    /// A recipe by its name; nil for a name that is none of `recipeNames`.
    public static func recipe(_ name: String, epochs: Int) -> TrainingConfiguration? {
        switch name {
        case "reference": reference(epochs: epochs)
        case "regularized": regularized(epochs: epochs)
        default: nil
        }
    }

    /// What the published figures of the `sequential` network were reached with: Adam at 1e-4, with
    /// a decay of 4 % in 100,000 steps, batches of 64, pictures as they are.
    public static func reference(epochs: Int) -> TrainingConfiguration {
        TrainingConfiguration(epochs: epochs)
    }

    /// What goes with batch normalization and long trainings: stochastic gradient descent with
    /// Nesterov's momentum, weight decay, a cosine with warm-up, strong augmentation, smoothed
    /// labels and averaged weights.
    public static func regularized(epochs: Int) -> TrainingConfiguration {
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
