import Imaging
import Testing
import Train

struct BatchLoaderTests {
    static let epochs: Epochs = {
        var augmentation = Augmentation.strong
        augmentation.mixup = 0.4
        return Epochs(
            SyntheticFaces.dataset(count: 38, seed: 1), batchSize: 8,
            preprocessor: FacePreprocessor(), augmentation: augmentation, seed: 1)
    }()

    /// Takes the next batch, and says where it belongs: `[epoch, index]`.
    private func place(ofNext loader: BatchLoader) -> [Int]? {
        guard let batch = loader.next() else { return nil }
        return [batch.epoch, batch.index]
    }

    /// Takes `count` batches that all live at the same time.
    private static func keep(_ count: Int, of loader: BatchLoader) {
        guard count > 0, let batch = loader.next() else { return }
        keep(count - 1, of: loader)
        #expect(batch.count > 0)
    }

    @Test func slotsCanAllBeInUse() {
        Self.keep(3, of: BatchLoader(Self.epochs, range: 0..<4, slotCount: 3))
    }

    @Test(arguments: 2...4)
    func deliversEveryBatchInOrder(slotCount: Int) throws {
        let loader = BatchLoader(Self.epochs, range: 2..<6, slotCount: slotCount)
        var delivered = 0
        while let batch = loader.next() {
            let place = [batch.epoch, batch.index]
            #expect(place == [2 + delivered / 5, delivered % 5])
            let copy = AssembledBatch(copying: batch, of: Self.epochs)
            #expect(copy == (try AssembledBatch(Self.epochs, batch: place[1], of: place[0])))
            delivered += 1
        }
        #expect(delivered == 20)
        #expect(place(ofNext: loader) == nil)
    }

    @Test func goesOnInTheMiddleOfAnEpoch() {
        let loader = BatchLoader(Self.epochs, range: 1..<3, firstBatch: 3)
        let places = (0..<8).map { _ in place(ofNext: loader) }
        #expect(places == [[1, 3], [1, 4], [2, 0], [2, 1], [2, 2], [2, 3], [2, 4], nil])
    }

    @Test func goesOnAfterTheLastBatchOfAnEpoch() {
        let loader = BatchLoader(Self.epochs, range: 1..<3, firstBatch: 5)
        #expect(place(ofNext: loader) == [2, 0])
    }

    @Test func livesThroughManyEpochs() {
        let small = Epochs(
            SyntheticFaces.dataset(count: 3, seed: 1), batchSize: 2,
            preprocessor: FacePreprocessor(), seed: 1)
        let loader = BatchLoader(small, range: 0..<Int.max)
        for step in 0..<4_000 {
            let place = place(ofNext: loader)
            guard place == [step / 2, step % 2] else {
                Issue.record("step \(step) delivered \(String(describing: place))")
                return
            }
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func stopsWhenReleasedEarly() {
        for taken in 0..<60 {
            let loader = BatchLoader(Self.epochs, range: 0..<Int.max)
            for _ in 0..<taken % 7 { #expect(place(ofNext: loader) != nil) }
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func batchesOutliveTheirLoader() throws {
        var loader: BatchLoader? = BatchLoader(Self.epochs, range: 0..<Int.max)
        let next = loader?.next()
        loader = nil
        guard let batch = next else {
            Issue.record("no batch")
            return
        }
        let copy = AssembledBatch(copying: batch, of: Self.epochs)
        #expect(copy == (try AssembledBatch(Self.epochs, batch: 0, of: 0)))
    }

    @Test func memoryOfALivingBatchIsLeftAlone() throws {
        let loader = BatchLoader(Self.epochs, range: 0..<4)
        guard let kept = loader.next() else {
            Issue.record("no batch")
            return
        }
        while place(ofNext: loader) != nil {}
        let copy = AssembledBatch(copying: kept, of: Self.epochs)
        #expect(copy == (try AssembledBatch(Self.epochs, batch: 0, of: 0)))
    }

    @Test func memoryIsAlignedAndReused() {
        let loader = BatchLoader(Self.epochs, range: 0..<20, slotCount: 3)
        var places: Set<UInt> = []
        while let batch = loader.next() {
            places.insert(UInt(bitPattern: batch.images))
            places.insert(UInt(bitPattern: batch.targets))
        }
        // Two arrays a slot; slots that came back in time were enough.
        #expect([2, 4, 6].contains(places.count))
        #expect(places.allSatisfy { $0 % 64 == 0 })
    }

    @Test func emptyDatasetDeliversNothing() {
        let nothing = ImageDataset(height: 48, width: 48, classNames: ["one"])
        let epochs = Epochs(evaluating: nothing, batchSize: 8, preprocessor: FacePreprocessor())
        #expect(place(ofNext: BatchLoader(epochs, range: 0..<Int.max)) == nil)
    }

    @Test func usingAllSlotsTraps() async {
        await #expect(processExitsWith: .failure) {
            Self.keep(3, of: BatchLoader(Self.epochs, range: 0..<4, slotCount: 2))
        }
    }
}
