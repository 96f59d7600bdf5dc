import CNN
import Imaging
import Tensor
import Testing

@testable import Train

@Suite("Epochs of a trainer")
struct TrainerEpochTests {
    /// Two batches of 8 and one of 4.
    let faces = SmallTraining.noise(20)

    @Test("an epoch is its steps, one after the other")
    func steps() throws {
        var trainer = try SmallTraining.trainer(augmentation: .light)
        var byHand = try SmallTraining.trainer(augmentation: .light)
        let epochs = Epochs(
            faces, batchSize: 8, preprocessor: try byHand.preprocessor, augmentation: .light,
            seed: byHand.seed)
        for epoch in 0..<2 {
            let report = try trainer.runEpoch(on: faces, of: 5)
            var total = SoftmaxCrossEntropy.Result()
            var counts: [Int] = []
            for number in 0..<epochs.batchesPerEpoch {
                let batch = try AssembledBatch(epochs, batch: number, of: epoch)
                let side = SmallTraining.side
                let result = byHand.step(
                    images: Tensor(batch.images, shape: [batch.count, side, side, 1]),
                    targets: Tensor(batch.targets, shape: [batch.count, SmallTraining.classes]))
                counts.append(result.count)
                total += result
            }
            #expect(counts == [8, 8, 4])
            #expect(report.loss == total.loss / 20)
            #expect(report.accuracy == Double(total.correct) / 20)
            #expect(report.count == 20)
            #expect(report.epoch == epoch + 1 && report.epochCount == 5)
            #expect(report.seconds > 0 && report.imagesPerSecond > 0)
            #expect(report.validationLoss == nil && report.validationAccuracy == nil)
        }
        #expect(trainer.network.bits == byHand.network.bits)
    }

    @Test("layers that are computed one by one learn the same but for rounding")
    func fusion() throws {
        func train(fusesLayers: Bool) throws -> (layers: [String], report: EpochReport) {
            var configuration = TinyTraining.plain
            configuration.fusesLayers = fusesLayers
            var trainer = Trainer(try TinyTraining.network(), configuration)
            let report = try trainer.runEpoch(
                on: TinyTraining.training, validating: TinyTraining.validation)
            return (trainer.workspace.computedLayers.map(\.name), report)
        }
        let (fused, single) = (try train(fusesLayers: true), try train(fusesLayers: false))
        #expect(fused.layers.first == "conv2d_1")
        #expect(single.layers.prefix(3) == ["conv2d_1", "batchnorm_1", "relu_1"])
        #expect(abs(fused.report.loss - single.report.loss) < 1e-3)
        let losses = [fused, single].map { $0.report.validationLoss ?? .nan }
        #expect(abs(losses[0] - losses[1]) < 1e-3)
    }

    @Test("mixed pictures have mixed targets")
    func mixup() throws {
        var mixing = Augmentation()
        mixing.mixup = 1
        func loss(_ augmentation: Augmentation) throws -> (Double, [UInt32]) {
            var trainer = try SmallTraining.trainer(augmentation: augmentation)
            return (try trainer.runEpoch(on: faces).loss, trainer.network.bits)
        }
        let (mixed, again, plain) = (try loss(mixing), try loss(mixing), try loss(.none))
        #expect(mixed == again)
        #expect(mixed.0 != plain.0)
        #expect(mixed.0.isFinite)
    }

    @Test("validation is of the weights at the end of the epoch")
    func validation() throws {
        let others = SmallTraining.noise(21, seed: 2)
        var trainer = try SmallTraining.trainer(averaging: WeightAverage())
        let report = try trainer.runEpoch(on: faces, validating: others)
        let evaluation = try trainer.network.evaluate(on: others, threads: 2)
        #expect(report.validationLoss == evaluation.loss)
        #expect(report.validationAccuracy == evaluation.accuracy)
        #expect(report.validationCount == 21)
    }

    @Test("the schedule counts the steps of an epoch")
    func schedule() throws {
        var trainer = try SmallTraining.trainer(
            schedule: .step(initial: 0.01, factor: 0.5, everyEpochs: 1))
        let rates = try (0..<3).map { _ in try trainer.runEpoch(on: faces).learningRate }
        for (rate, expected) in zip(rates, [0.01, 0.005, 0.0025]) {
            #expect(abs(rate - expected) < 1e-8)
        }
    }

    @Test("progress is that of the steps so far")
    func progress() throws {
        var trainer = try SmallTraining.trainer()
        var seen: [TrainingProgress] = []
        for _ in 0..<2 {
            _ = try trainer.runEpoch(on: faces) { seen.append($0.progress) }
        }
        #expect(seen.map(\.steps) == [1, 2, 3, 4, 5, 6])
        #expect(seen.map(\.stepsInEpoch) == [1, 2, 3, 1, 2, 3])
        #expect(seen.map(\.epochs) == [0, 0, 0, 1, 1, 1])
        #expect(seen.map(\.running.count) == [8, 16, 20, 8, 16, 20])
        let end = trainer.progress
        #expect(end.epochs == 2 && end.stepsInEpoch == 0 && end.running.count == 0)
    }

    @Test("a training that stopped goes on as if it had not", arguments: 1...6)
    func interruption(stop: Int) throws {
        struct Interruption: Error {}
        func trainer() throws -> Trainer {
            try SmallTraining.trainer(averaging: WeightAverage(), augmentation: .strong)
        }
        var whole = try trainer()
        var interrupted = try trainer()
        var reports: [EpochReport] = []
        for _ in 0..<2 { reports.append(try whole.runEpoch(on: faces, validating: faces)) }

        var isStopped = false
        while interrupted.progress.epochs < 2 {
            let expected = reports[interrupted.progress.epochs]
            do {
                let report = try interrupted.runEpoch(on: faces, validating: faces) { trainer in
                    guard !isStopped, trainer.progress.steps == stop else { return }
                    isStopped = true
                    throw Interruption()
                }
                #expect(report.loss == expected.loss)
                #expect(report.accuracy == expected.accuracy)
                #expect(report.validationLoss == expected.validationLoss)
            } catch is Interruption {
                #expect(interrupted.progress.steps == stop)
            }
        }
        #expect(isStopped)
        #expect(interrupted.progress.steps == whole.progress.steps)
        #expect(interrupted.network.bits == whole.network.bits)
        #expect(interrupted.model.bits == whole.model.bits)
    }

    @Test("the network learns what its input and output mean")
    func description() throws {
        var trainer = try SmallTraining.trainer()
        _ = try trainer.runEpoch(on: faces)
        let network = trainer.network
        #expect(network.classNames == SmallTraining.classNames)
        #expect(network.preprocessing != nil)
        #expect(
            try network.facePreprocessor
                == FacePreprocessor(height: SmallTraining.side, width: SmallTraining.side))
    }

    @Test("another number of classes traps")
    func otherClasses() async {
        let result = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            var trainer = try SmallTraining.trainer()
            _ = try trainer.runEpoch(
                on: ImageDataset(height: 12, width: 12, classNames: ["one", "two"]))
        }
        expect(result, "a network of 3 classes does not learn 2")
    }

    @Test("an epoch without pictures traps")
    func empty() async {
        let result = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            var trainer = try SmallTraining.trainer()
            _ = try trainer.runEpoch(on: SmallTraining.noise(0))
        }
        expect(result, "an epoch needs 1 picture or more")
    }

    private func expect(_ result: ExitTest.Result?, _ message: String) {
        let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(text.contains(message), "\(text)")
    }
}
