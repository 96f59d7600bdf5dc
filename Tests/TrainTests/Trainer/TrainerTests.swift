import CNN
import Tensor
import Testing

@testable import Train

@Suite("Trainer")
struct TrainerTests {
    let batch = SmallTraining.batch(SmallTraining.noise(8))

    // MARK: - Randomness

    @Test("the same seed gives the same bits", arguments: [1, 2])
    func sameSeed(threads: Int) throws {
        let bits = try (0..<2).map { _ in
            var trainer = try SmallTraining.trainer(
                averaging: WeightAverage(), augmentation: .strong, threads: threads)
            for _ in 0..<2 { _ = try trainer.runEpoch(on: SmallTraining.noise(20)) }
            return trainer.network.bits + trainer.model.bits
        }
        #expect(bits[0] == bits[1])
    }

    @Test("another seed drops other activations")
    func otherDropout() throws {
        #expect(try bitsAfterStep(dropout: 0.25, seed: 1) != bitsAfterStep(dropout: 0.25, seed: 2))
        #expect(try bitsAfterStep(dropout: 0, seed: 1) == bitsAfterStep(dropout: 0, seed: 2))
    }

    private func bitsAfterStep(dropout: Float, seed: UInt64) throws -> [UInt32] {
        var trainer = try SmallTraining.trainer(
            SmallTraining.network(dropout: dropout), seed: seed)
        trainer.step(images: batch.images, targets: batch.targets)
        return trainer.network.bits
    }

    @Test("each step drops other activations")
    func dropoutOfSteps() throws {
        // Nothing but dropout tells these steps apart.
        var trainer = try SmallTraining.trainer(schedule: .constant(0))
        let losses = (0..<4).map { _ in
            trainer.step(images: batch.images, targets: batch.targets).loss
        }
        #expect(Set(losses).count == losses.count)
    }

    // MARK: - The loss

    static let losses = [
        SoftmaxCrossEntropy(),
        SoftmaxCrossEntropy(labelSmoothing: 0.2),
        SoftmaxCrossEntropy(classWeights: [0.5, 1, 3]),
    ]

    @Test("a step reports its loss before the change", arguments: losses)
    func loss(loss: SoftmaxCrossEntropy) throws {
        let network = try unnormalized()
        var trainer = try SmallTraining.trainer(network, loss: loss)
        let result = trainer.step(images: batch.images, targets: batch.targets)
        let expected = loss(logits: network(batch.images), targets: batch.targets).result
        #expect(result.correct == expected.correct)
        #expect(result.count == 8)
        #expect(abs(result.loss - expected.loss) < 1e-5 * expected.loss)
    }

    @Test("classes without weight teach nothing")
    func classWeights() throws {
        let network = try unnormalized()
        var indifferent = try SmallTraining.trainer(
            network, optimizer: SGD(), loss: SoftmaxCrossEntropy(classWeights: [0, 0, 0]))
        indifferent.step(images: batch.images, targets: batch.targets)
        #expect(indifferent.network.bits == network.bits)

        // The pictures of class 0 alone, in a mean over all of them.
        let dataset = SmallTraining.noise(8)
        var partial = try SmallTraining.trainer(
            network, optimizer: SGD(), schedule: .constant(1),
            loss: SoftmaxCrossEntropy(classWeights: [1, 0, 0]))
        partial.step(images: batch.images, targets: batch.targets)
        let own = dataset.selecting(dataset.labels.indices.filter { dataset.labels[$0] == 0 })
        try #require(own.count > 0 && own.count < 8)
        let (images, targets) = SmallTraining.batch(own)
        var alone = try SmallTraining.trainer(
            network, optimizer: SGD(), schedule: .constant(Double(own.count) / 8))
        alone.step(images: images, targets: targets)
        #expect(largestDifference(partial.network, alone.network) < 1e-6)
        #expect(largestDifference(partial.network, network) > 1e-3)
    }

    @Test("label smoothing keeps the network from certainty")
    func labelSmoothing() throws {
        func confidence(_ loss: SoftmaxCrossEntropy) throws -> Float {
            var trainer = try SmallTraining.trainer(unnormalized(), loss: loss)
            for _ in 0..<200 { trainer.step(images: batch.images, targets: batch.targets) }
            return trainer.network(batch.images).softmax(axis: -1).max(axes: [-1]).mean()
        }
        // The most that smoothing of 0.3 over 3 classes wants.
        #expect(abs(try confidence(SoftmaxCrossEntropy(labelSmoothing: 0.3)) - 0.8) < 0.02)
        #expect(try confidence(SoftmaxCrossEntropy()) > 0.95)
    }

    @Test("the loss of mixed targets is the mixture of the losses")
    func mixedTargets() throws {
        let network = try unnormalized()
        let other = SmallTraining.batch(SmallTraining.noise(8, seed: 2)).targets
        func step(_ targets: Tensor) throws -> (loss: Double, weights: Tensor) {
            var trainer = try SmallTraining.trainer(
                network, optimizer: SGD(), schedule: .constant(1))
            let result = trainer.step(images: batch.images, targets: targets)
            return (result.loss, trainer.network.parameters)
        }
        let (own, rival) = (try step(batch.targets), try step(other))
        let mixed = try step(batch.targets * 0.25 + other * 0.75)
        #expect(abs(mixed.loss - (own.loss * 0.25 + rival.loss * 0.75)) < 1e-5)
        let expected = own.weights * 0.25 + rival.weights * 0.75
        #expect((mixed.weights - expected).abs().max() < 1e-6)
    }

    @Test("a softmax at the end changes nothing")
    func softmax() throws {
        let faces = SmallTraining.noise(20)
        func train(endsInSoftmax: Bool) throws -> (bits: [UInt32], report: EpochReport) {
            var trainer = try SmallTraining.trainer(
                SmallTraining.network(endsInSoftmax: endsInSoftmax))
            let report = try trainer.runEpoch(on: faces, validating: faces)
            return (trainer.network.bits, report)
        }
        let (logits, softmax) = (try train(endsInSoftmax: false), try train(endsInSoftmax: true))
        #expect(logits.bits == softmax.bits)
        #expect(logits.report.loss == softmax.report.loss)
        #expect(logits.report.validationLoss == softmax.report.validationLoss)
        #expect(logits.report.validationAccuracy == softmax.report.validationAccuracy)
    }

    // MARK: - The change

    @Test("a gradient is clipped to its norm")
    func clippedNorm() throws {
        let network = try unnormalized()
        func change(_ clipping: GradientClipping) throws -> Tensor {
            var trainer = try SmallTraining.trainer(
                network, optimizer: SGD(), schedule: .constant(1), clipping: clipping)
            trainer.step(images: batch.images, targets: batch.targets)
            return trainer.network.parameters - network.parameters
        }
        func norm(_ change: Tensor) -> Float { (change * change).sum().squareRoot() }
        let free = try change(.none)
        #expect(norm(free) > 0.1)
        let clipped = try change(.norm(limit: 0.05))
        #expect(abs(norm(clipped) - 0.05) < 1e-5)
        // Shorter, in the same direction.
        #expect((clipped - free * (0.05 / norm(free))).abs().max() < 1e-6)
        #expect(try change(.norm(limit: 1_000)).elements == free.elements)

        #expect(free.abs().max() > 0.02)
        let limited = try change(.value(limit: 0.01))
        #expect((limited - free.clamped(to: -0.01...0.01)).abs().max() < 1e-6)
    }

    struct Decay: Sendable, CustomTestStringConvertible {
        var optimizer: any Optimizer
        var testDescription: String { String(describing: type(of: optimizer)) }
    }

    @Test(
        "weight decay spares biases and batch normalization",
        arguments: [
            Decay(optimizer: SGD(weightDecay: 0.2)),
            Decay(optimizer: SGD(momentum: 0.9, weightDecay: 0.2)),
            Decay(optimizer: AdamW(weightDecay: 0.2)),
        ])
    func weightDecay(decay: Decay) throws {
        var network = try SmallTraining.network()
        for name in ["conv2d_1/bias", "batchnorm_1/beta", "dense_1/bias"] {
            let shape = try #require(network[name]).shape
            network[name] = Tensor(repeating: 0.5, shape: shape)
        }
        // Without a loss there are no gradients, and all that changes is decay.
        var trainer = try SmallTraining.trainer(
            network, optimizer: decay.optimizer, schedule: .constant(0.5),
            loss: SoftmaxCrossEntropy(classWeights: [0, 0, 0]))
        trainer.step(images: batch.images, targets: batch.targets)
        let trained = trainer.network
        for name in ["conv2d_1/kernel", "dense_1/kernel"] {
            let (before, after) = (try #require(network[name]), try #require(trained[name]))
            #expect((after - before * 0.9).abs().max() < 1e-6, "\(name)")
        }
        let spared = [
            "conv2d_1/bias", "batchnorm_1/gamma", "batchnorm_1/beta", "dense_1/bias",
        ]
        for name in spared {
            #expect(trained[name]?.elements == network[name]?.elements, "\(name)")
        }
    }

    @Test("averaged weights follow those that are trained")
    func averaging() throws {
        let averaging = WeightAverage(decay: 0.3)
        let network = try SmallTraining.network()
        var trainer = try SmallTraining.trainer(network, averaging: averaging)
        func state(_ network: Sequential) -> [Double] {
            (network.parameters.elements + network.statistics.elements).map(Double.init)
        }
        var expected = state(network)
        for step in 1...5 {
            trainer.step(images: batch.images, targets: batch.targets)
            let kept = min(0.3, Double(1 + step) / Double(10 + step))
            expected = zip(expected, state(trainer.model)).map { $0 * kept + $1 * (1 - kept) }
        }
        let averaged = trainer.network
        for (average, oracle) in zip(state(averaged), expected) {
            #expect(abs(average - oracle) < 1e-6)
        }
        let model = trainer.model
        #expect(largestDifference(averaged, model) > 1e-3)

        let faces = SmallTraining.noise(20)
        let evaluation = try trainer.evaluate(on: faces)
        #expect(try evaluation.loss == averaged.evaluate(on: faces, threads: 2).loss)
        #expect(try evaluation.loss != model.evaluate(on: faces, threads: 2).loss)
    }

    @Test("a network that was taken out stays as it is")
    func values() throws {
        var trainer = try SmallTraining.trainer()
        let before = trainer.network
        let bits = before.bits
        trainer.step(images: batch.images, targets: batch.targets)
        #expect(before.bits == bits)
        #expect(trainer.network.bits != bits)
    }

    // MARK: - Learning

    @Test("64 pictures of noise are learned by heart")
    func overfit() throws {
        let noise = SmallTraining.noise(64)
        var trainer = try SmallTraining.trainer(unnormalized(filters: 16))
        for _ in 0..<40 { _ = try trainer.runEpoch(on: noise) }
        #expect(trainer.progress.steps == 320)
        #expect(try trainer.evaluate(on: noise).accuracy == 1)
    }

    @Test("where labels are shuffled, other pictures are recognized by chance")
    func shuffledLabels() throws {
        let faces = SyntheticFaces(seed: 5, trainingCount: 280, validationCount: 700)
        func shuffled(_ dataset: ImageDataset, seed: UInt64) -> ImageDataset {
            var source = RandomSource(seed: seed)
            var shuffled = dataset.selecting([])
            let labels = dataset.labels.shuffled(using: &source)
            for (index, label) in labels.enumerated() {
                shuffled.append(dataset.image(at: index), label: Int(label))
            }
            return shuffled
        }
        let network = try Sequential(input: [48, 48, 1], seed: 2) {
            Conv2D(filters: 8, kernel: 5, stride: 3)
            ReLU()
            Flatten()
            Dense(7)
        }
        var trainer = Trainer(
            network, optimizer: Adam(), schedule: .constant(2e-3), batchSize: 16, threads: 2,
            seed: 4)
        let training = shuffled(faces.training, seed: 1)
        for _ in 0..<20 { _ = try trainer.runEpoch(on: training) }
        #expect(try trainer.evaluate(on: training).accuracy > 0.6)
        let validation = try trainer.evaluate(on: shuffled(faces.validation, seed: 2))
        #expect(abs(validation.accuracy - 1 / 7.0) < 4 * validation.standardError)
    }
}

/// A network whose loss depends on its weights and a picture alone: no batch, nothing random.
private func unnormalized(filters: Int = 4) throws -> Sequential {
    try Sequential(input: [SmallTraining.side, SmallTraining.side, 1], seed: 7) {
        Conv2D(filters: filters, kernel: 3)
        ReLU()
        MaxPool(2)
        Flatten()
        Dense(SmallTraining.classes)
    }
}

private func largestDifference(_ a: Sequential, _ b: Sequential) -> Float {
    (a.parameters - b.parameters).abs().max()
}
