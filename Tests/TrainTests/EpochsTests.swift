import Imaging
import Testing
import Train

struct EpochsTests {
    static let preprocessor = FacePreprocessor(mean: 0.5, spread: 0.25)
    static let faces = SyntheticFaces.dataset(count: 38, seed: 1)

    private func epochs(
        _ augmentation: Augmentation = .none, seed: UInt64 = 1, shuffles: Bool = true
    ) -> Epochs {
        Epochs(
            Self.faces, batchSize: 8, preprocessor: Self.preprocessor, augmentation: augmentation,
            seed: seed, shuffles: shuffles)
    }

    @Test func orderIsAPermutation() {
        let epochs = epochs()
        for epoch in 0..<5 {
            #expect(epochs.order(of: epoch).sorted() == Array(0..<38))
        }
        #expect(epochs.order(of: 0) != epochs.order(of: 1))
        #expect(epochs.order(of: 3) == epochs.order(of: 3))
        #expect(epochs.order(of: 0) != self.epochs(seed: 2).order(of: 0))
    }

    @Test func lastBatchHoldsTheRest() {
        let epochs = epochs()
        #expect(epochs.batchesPerEpoch == 5)
        #expect((0..<5).map { epochs.count(ofBatch: $0) } == [8, 8, 8, 8, 6])
    }

    @Test func unchangedPicturesAreThePreprocessorsValues() throws {
        let epochs = epochs()
        let order = epochs.order(of: 2)
        for batch in 0..<epochs.batchesPerEpoch {
            let assembled = try AssembledBatch(epochs, batch: batch, of: 2)
            for slot in 0..<assembled.count {
                let index = Int(order[batch * 8 + slot])
                let expected = Self.faces.image(at: index).samples.map {
                    Self.preprocessor.value(of: Float($0))
                }
                #expect(assembled.image(slot) == expected)
                let oneHot = (0..<7).map { $0 == Int(Self.faces.labels[index]) ? Float(1) : 0 }
                #expect(assembled.target(slot) == oneHot)
            }
        }
    }

    @Test func evaluationKeepsTheOrder() throws {
        let epochs = Epochs(
            evaluating: Self.faces, batchSize: 16, preprocessor: Self.preprocessor)
        #expect(epochs.order(of: 9) == Array(0..<38))
        let assembled = try AssembledBatch(epochs, batch: 1, of: 0)
        let expected = Self.faces.image(at: 16).samples.map {
            Self.preprocessor.value(of: Float($0))
        }
        #expect(assembled.image(0) == expected)
    }

    @Test func flipIsAnExactMirror() throws {
        var flip = Augmentation()
        flip.flipProbability = 1
        let flipped = try AssembledBatch(epochs(flip), batch: 0, of: 0)
        let plain = try AssembledBatch(epochs(), batch: 0, of: 0)
        for slot in 0..<8 {
            let rows = plain.image(slot)
            let mirrored = (0..<48).flatMap { row in
                (0..<48).map { rows[row * 48 + 47 - $0] }
            }
            #expect(flipped.image(slot) == mirrored)
        }
    }

    @Test func batchesAreTheSameWhoeverAsks() throws {
        var augmentation = Augmentation.strong
        augmentation.mixup = 0.4
        // Asked for in order by one, and alone by the other.
        let first = epochs(augmentation)
        let inOrder = try (0..<5).map { try AssembledBatch(first, batch: $0, of: 3) }
        let alone = try AssembledBatch(epochs(augmentation), batch: 4, of: 3)
        #expect(inOrder[4] == alone)
        #expect(try AssembledBatch(first, batch: 4, of: 2) != alone)
    }

    @Test func pictureChangesFromEpochToEpoch() throws {
        let epochs = epochs(.light, shuffles: false)
        let first = try AssembledBatch(epochs, batch: 0, of: 0)
        let second = try AssembledBatch(epochs, batch: 0, of: 1)
        #expect(first.image(0) != second.image(0))
        #expect(first.targets == second.targets)
    }

    @Test func erasedPicturesDifferInOneRectangle() throws {
        var erase = Augmentation()
        erase.erasingProbability = 1
        let erased = try AssembledBatch(epochs(erase), batch: 0, of: 0)
        let plain = try AssembledBatch(epochs(), batch: 0, of: 0)
        for slot in 0..<8 {
            let changed = zip(erased.image(slot), plain.image(slot)).enumerated()
                .filter { $0.element.0 != $0.element.1 }.map(\.offset)
            let rows = Set(changed.map { $0 / 48 })
            let columns = Set(changed.map { $0 % 48 })
            let area = rows.count * columns.count
            #expect(area <= 576 && area >= 30)
            // A pixel of noise is by chance what it was, but seldom.
            #expect(changed.count > area * 9 / 10)
        }
    }

    @Test func mixedTargetsSumToOne() throws {
        var mixing = Augmentation()
        mixing.mixup = 1
        let mixed = try AssembledBatch(epochs(mixing), batch: 4, of: 0)
        let plain = try AssembledBatch(epochs(), batch: 4, of: 0)
        #expect(mixed.count == 6)
        for slot in 0..<6 {
            #expect(abs(mixed.target(slot).reduce(0, +) - 1) < 1e-6)
            // Solve for the share from the pictures; the targets must be mixed in the same way.
            let (own, other) = (plain.image(slot), plain.image(5 - slot))
            let pixel = try #require(
                own.indices.max { abs(own[$0] - other[$0]) < abs(own[$1] - other[$1]) })
            let share =
                (mixed.image(slot)[pixel] - other[pixel]) / (own[pixel] - other[pixel])
            for label in 0..<7 {
                let expected =
                    share * plain.target(slot)[label] + (1 - share) * plain.target(5 - slot)[label]
                #expect(abs(mixed.target(slot)[label] - expected) < 1e-5)
            }
        }
        #expect(mixed.images != plain.images)
    }

    @Test func emptyDatasetHasNoBatches() {
        let nothing = ImageDataset(height: 48, width: 48, classNames: ["one"])
        let epochs = Epochs(evaluating: nothing, batchSize: 8, preprocessor: Self.preprocessor)
        #expect(epochs.batchesPerEpoch == 0)
        #expect(epochs.order(of: 0).isEmpty)
    }

    @Test func otherSizesTrap() async {
        await #expect(processExitsWith: .failure) {
            _ = Epochs(
                evaluating: ImageDataset(height: 32, width: 48, classNames: ["one"]),
                batchSize: 8, preprocessor: FacePreprocessor())
        }
    }
}

/// What `Epochs.assemble` wrote, in memory that it has to itself.
struct AssembledBatch: Equatable {
    var count: Int
    /// `[count, height * width * channels]`.
    var images: [Float]
    /// `[count, classes]`.
    var targets: [Float]

    init(_ epochs: Epochs, batch: Int, of epoch: Int) throws {
        let capacity = epochs.count(ofBatch: batch)
        var images = [Float](repeating: .nan, count: capacity * epochs.dataset.samplesPerImage)
        var targets = [Float](repeating: .nan, count: capacity * epochs.classCount)
        count = try images.withUnsafeMutableBufferPointer { images in
            try targets.withUnsafeMutableBufferPointer { targets in
                epochs.assemble(
                    batch: batch, of: epoch, order: epochs.order(of: epoch),
                    images: try #require(images.baseAddress),
                    targets: try #require(targets.baseAddress))
            }
        }
        self.images = images
        self.targets = targets
    }

    /// Copies a batch of a loader.
    init(copying batch: borrowing Batch, of epochs: Epochs) {
        count = batch.count
        images = Array(
            UnsafeBufferPointer(
                start: batch.images, count: batch.count * epochs.dataset.samplesPerImage))
        targets = Array(
            UnsafeBufferPointer(start: batch.targets, count: batch.count * epochs.classCount))
    }

    func image(_ slot: Int) -> [Float] {
        let length = images.count / count
        return Array(images[slot * length..<(slot + 1) * length])
    }

    func target(_ slot: Int) -> [Float] {
        let length = targets.count / count
        return Array(targets[slot * length..<(slot + 1) * length])
    }
}
