public import CNN
import Files
public import Foundation
public import Imaging
import Kernels
public import Tensor

/// Trains a network: owns its parameters, their gradients and moments, and the memory of a step.
///
/// ```swift
/// var trainer = Trainer(network, optimizer: AdamW(), schedule: .constant(1e-3), seed: 42)
/// for _ in 1...50 {
///     print(try trainer.runEpoch(on: faces.training, validating: faces.publicTest))
/// }
/// try trainer.network.save(to: weights)
/// ```
///
/// Everything random follows from the seed and the number of the step. With the same number of
/// threads on the same kind of processor (OpenBLAS chooses its kernels by it), two trainings give
/// the same weights bit for bit, also if one of them was interrupted and resumed.
public struct Trainer: ~Copyable {
    /// How parameters follow from gradients.
    public let optimizer: any Optimizer
    /// The learning rate of each step.
    public let schedule: Schedule
    /// What is made small.
    public let loss: SoftmaxCrossEntropy
    /// How gradients are limited.
    public let clipping: GradientClipping
    /// How weights are averaged for evaluation and for saving; nil uses the last ones.
    public let averaging: WeightAverage?
    /// How pictures are changed at random.
    public let augmentation: Augmentation
    /// The number of samples of a step.
    public let batchSize: Int
    /// Whether layers behind a convolution are computed with it; the results differ by rounding.
    public let fusesLayers: Bool
    /// What all randomness follows from.
    public let seed: UInt64
    /// How far the training has come.
    public internal(set) var progress = TrainingProgress()

    /// How the network did on the validation data of the last complete epoch.
    public internal(set) var lastEvaluation: Evaluation?

    /// The network whose parameters the steps change.
    var model: Sequential
    /// The averages of parameters and statistics.
    var average: (parameters: Tensor, statistics: Tensor)?
    /// The moments of the optimizer, one behind the other, `[momentCount, parameterCount]`.
    var moments: Tensor

    private var gradients: Tensor
    private let decayRuns: [(range: Range<Int>, decays: Bool)]
    package let workspace: Workspace
    private let pool: ThreadPool

    /// Plans the memory for training a network.
    ///
    /// - Parameters:
    ///   - network: The network to train, which ends in logits `[classes]` or in `Softmax`.
    ///   - optimizer: How parameters follow from gradients.
    ///   - schedule: The learning rate of each step.
    ///   - loss: What is made small.
    ///   - clipping: How gradients are limited.
    ///   - averaging: How weights are averaged for evaluation and for saving.
    ///   - augmentation: How pictures are changed at random.
    ///   - batchSize: The number of samples of a step.
    ///   - fusesLayers: Whether layers behind a convolution are computed with it, which is faster;
    ///     the results differ by rounding.
    ///   - threads: The number of threads that share a step.
    ///   - seed: What all randomness follows from.
    public init(
        _ network: Sequential, optimizer: any Optimizer, schedule: Schedule,
        loss: SoftmaxCrossEntropy = SoftmaxCrossEntropy(), clipping: GradientClipping = .none,
        averaging: WeightAverage? = nil, augmentation: Augmentation = .none, batchSize: Int = 64,
        fusesLayers: Bool = true, threads: Int = ProcessInfo.processInfo.activeProcessorCount,
        seed: UInt64
    ) {
        require(
            network.outputShape.rank == 1,
            "a classifier ends in [classes], not in \(network.outputShape)")
        model = network
        self.optimizer = optimizer
        self.schedule = schedule
        self.loss = loss
        self.clipping = clipping
        self.averaging = averaging
        self.augmentation = augmentation
        self.batchSize = batchSize
        self.fusesLayers = fusesLayers
        self.seed = seed
        average = averaging.map { _ in (network.parameters, network.statistics) }
        moments = Tensor(zeros: [optimizer.momentCount, network.parameterCount])
        gradients = Tensor(zeros: [network.parameterCount])
        decayRuns = network.decayRuns
        pool = ThreadPool(threadCount: threads)
        workspace = Workspace(
            network, batchCapacity: batchSize, mode: .training, endsAtLogits: true,
            execution: Execution(fusesLayers: fusesLayers), pool: pool)
    }

    /// The network as it is to be used: with averaged weights where the trainer averages.
    public var network: Sequential {
        guard let average else { return model }
        var network = model
        network.parameters = average.parameters
        network.statistics = average.statistics
        return network
    }

    /// The number of classes.
    public var classCount: Int { model.outputShape.elementCount }

    /// The number of threads that share a step.
    public var threadCount: Int { pool.threadCount }

    /// What turns pictures into the network's input; `FacePreprocessor()` in the size of the
    /// network's input, where the network does not say.
    public var preprocessor: FacePreprocessor {
        get throws { try model.facePreprocessor }
    }
}

extension Trainer {
    /// Takes one step on a batch.
    ///
    /// - Parameters:
    ///   - images: `[batch, height, width, channels]`, up to `batchSize` samples.
    ///   - targets: How much of each class a sample is, `[batch, classes]`; rows sum to 1.
    ///   - stepsPerEpoch: What schedules that count epochs take for one.
    /// - Returns: The loss and the correct samples of the batch, before the step.
    /// - Precondition: The shapes fit the network.
    @discardableResult
    public mutating func step(
        images: Tensor, targets: Tensor, stepsPerEpoch: Int = 1
    ) -> SoftmaxCrossEntropy.Result {
        let batch = images.shape.first ?? 0
        require(
            images.shape.dropFirst().elementsEqual(model.inputShape)
                && targets.rank == 2 && targets.shape[0] == batch
                && targets.shape[1] == classCount,
            "a network from \(model.inputShape) to [\(classCount)] cannot take a step on "
                + "\(images.shape) and \(targets.shape)")
        return images.withUnsafeElements { images in
            targets.withUnsafeElements { targets in
                guard let images = images.baseAddress, let targets = targets.baseAddress else {
                    return SoftmaxCrossEntropy.Result()
                }
                return step(images, targets, count: batch, stepsPerEpoch: stepsPerEpoch)
            }
        }
    }

    /// Takes one step on `images`, `[count, height, width, channels]`, and `targets`,
    /// `[count, classes]`.
    mutating func step(
        _ images: UnsafePointer<Float>, _ targets: UnsafePointer<Float>, count: Int,
        stepsPerEpoch: Int
    ) -> SoftmaxCrossEntropy.Result {
        var stream = RandomSource(seed: seed, RandomStream.step.rawValue, UInt64(progress.steps))
        let passSeed = stream.next()
        let rate = schedule.learningRate(
            afterSteps: progress.steps, stepsPerEpoch: stepsPerEpoch)
        let targets = UnsafeBufferPointer(start: targets, count: count * classCount)
        let (workspace, loss, classes) = (workspace, loss, classCount)
        let result = withArrays(input: images) { arrays in
            workspace.prepare(arrays, mode: .training)
            let logits = workspace.forward(arrays, batch: count, mode: .training, seed: passSeed)
            let result = workspace.measure(.loss) {
                loss.evaluate(
                    logits: UnsafeBufferPointer(start: logits, count: count * classes),
                    targets: targets, classes: classes, gradient: workspace.outputGradient)
            }
            workspace.backward(arrays, batch: count, seed: passSeed)
            return result
        }
        progress.steps += 1
        // These were those of other parameters.
        model.calibration = nil
        model.measuredAccuracy = nil
        workspace.measure(.update) {
            updateParameters(learningRate: rate)
            updateAverage()
        }
        return result
    }

    /// Calls `body` with the arrays of a pass over the network that is being trained.
    private mutating func withArrays<Result>(
        input: UnsafePointer<Float>, _ body: (PassArrays) -> Result
    ) -> Result {
        model.parameters.withUnsafeMutableElements { parameters in
            model.statistics.withUnsafeMutableElements { statistics in
                gradients.withUnsafeMutableElements { gradients in
                    guard let parameters = parameters.baseAddress,
                        let statistics = statistics.baseAddress
                    else { misuse("a network without memory") }
                    return body(
                        PassArrays(
                            input: input, parameters: UnsafePointer(parameters),
                            statistics: statistics, gradients: gradients.baseAddress))
                }
            }
        }
    }

    private mutating func updateParameters(learningRate: Float) {
        let scale = gradients.withUnsafeMutableElements { clipping.limit($0) }
        let (pool, optimizer, runs, steps) = (pool, optimizer, decayRuns, progress.steps)
        let count = model.parameterCount
        model.parameters.withUnsafeMutableElements { parameters in
            gradients.withUnsafeElements { gradients in
                moments.withUnsafeMutableElements { moments in
                    let update = ParameterUpdate(
                        step: steps, learningRate: learningRate, gradientScale: scale,
                        parameters: parameters, gradients: gradients,
                        moments: moments.baseAddress, momentStride: count)
                    pool.split(count, grain: 16, with: (update, optimizer, runs)) {
                        context, _, share in
                        let (update, optimizer, runs) = context
                        for run in runs where run.range.overlaps(share) {
                            optimizer.apply(
                                update.restricted(
                                    to: run.range.clamped(to: share), decays: run.decays))
                        }
                    }
                }
            }
        }
    }

    private mutating func updateAverage() {
        guard let averaging else { return }
        let step = progress.steps
        func update(_ average: inout Tensor, towards weights: Tensor) {
            average.withUnsafeMutableElements { average in
                weights.withUnsafeElements { averaging.update(average, towards: $0, step: step) }
            }
        }
        guard var (parameters, statistics) = average.take() else { return }
        update(&parameters, towards: model.parameters)
        update(&statistics, towards: model.statistics)
        average = (parameters, statistics)
    }
}

extension Trainer {
    /// Computes loss and confusion of the network as it is to be used.
    ///
    /// - Throws: What `preprocessor` throws.
    /// - Precondition: The data set has as many classes as the network.
    public func evaluate(on dataset: ImageDataset) throws -> Evaluation {
        let network = network
        let epochs = Epochs(
            evaluating: dataset, batchSize: batchSize, preprocessor: try preprocessor)
        return network.predictions(epochs, workspace: workspace)
            .evaluation(loss: loss, calibration: network.calibration)
    }
}
