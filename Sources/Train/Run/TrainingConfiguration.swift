public import CNN

/// All that determines a training but the network and the data.
///
/// It is kept with a run, so that the run can be resumed by its folder alone.
public struct TrainingConfiguration: Hashable, Codable, Sendable {
    /// The number of times that every picture is seen.
    public var epochs: Int
    /// The number of pictures of a step.
    public var batchSize = 64
    /// How parameters follow from gradients.
    public var optimizer = OptimizerChoice.adam(Adam())
    /// The learning rate of each step.
    public var schedule = Schedule.exponentialDecay(initial: 1e-4, rate: 0.96, steps: 100_000)
    /// What is made small.
    public var loss = SoftmaxCrossEntropy()
    /// How gradients are limited.
    public var clipping = GradientClipping.none
    /// How weights are averaged; nil uses the last ones.
    public var averaging: WeightAverage?
    /// How pictures are changed at random.
    public var augmentation = Augmentation.none
    /// The number of epochs without a better one after which the training ends; nil never ends
    /// early.
    public var patience: Int?
    /// The number of steps between two checkpoints; there is one after every epoch, too, and every
    /// half a minute.
    public var checkpointInterval = 500
    /// What all randomness follows from.
    public var seed: UInt64 = 42
    /// The number of threads that share a step.
    public var threads = 1
    /// Whether layers behind a convolution are computed with it; the results differ by rounding.
    public var fusesLayers = true

    /// The reference: Adam at 1e-4, batches of 64, nothing else.
    public init(epochs: Int) {
        self.epochs = epochs
    }

    /// Reads what a run has stored; one from before there was a choice fuses layers.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        epochs = try values.decode(Int.self, forKey: .epochs)
        batchSize = try values.decode(Int.self, forKey: .batchSize)
        optimizer = try values.decode(OptimizerChoice.self, forKey: .optimizer)
        schedule = try values.decode(Schedule.self, forKey: .schedule)
        loss = try values.decode(SoftmaxCrossEntropy.self, forKey: .loss)
        clipping = try values.decode(GradientClipping.self, forKey: .clipping)
        averaging = try values.decodeIfPresent(WeightAverage.self, forKey: .averaging)
        augmentation = try values.decode(Augmentation.self, forKey: .augmentation)
        patience = try values.decodeIfPresent(Int.self, forKey: .patience)
        checkpointInterval = try values.decode(Int.self, forKey: .checkpointInterval)
        seed = try values.decode(UInt64.self, forKey: .seed)
        threads = try values.decode(Int.self, forKey: .threads)
        fusesLayers = try values.decodeIfPresent(Bool.self, forKey: .fusesLayers) ?? true
    }
}

/// One of the optimizers of this library, so that it can be stored.
public enum OptimizerChoice: Hashable, Codable, Sendable {
    /// Stochastic gradient descent.
    case sgd(SGD)
    /// Adam.
    case adam(Adam)
    /// Adam with decoupled weight decay.
    case adamW(AdamW)

    /// The optimizer itself.
    public var optimizer: any Optimizer {
        switch self {
        case .sgd(let optimizer): optimizer
        case .adam(let optimizer): optimizer
        case .adamW(let optimizer): optimizer
        }
    }
}

extension Trainer {
    /// Plans the memory for training a network as a configuration says.
    public init(_ network: Sequential, _ configuration: TrainingConfiguration) {
        self.init(
            network, optimizer: configuration.optimizer.optimizer,
            schedule: configuration.schedule, loss: configuration.loss,
            clipping: configuration.clipping, averaging: configuration.averaging,
            augmentation: configuration.augmentation, batchSize: configuration.batchSize,
            fusesLayers: configuration.fusesLayers, threads: configuration.threads,
            seed: configuration.seed)
    }
}
