import Foundation
import Tensor

/// Assembles batches in a thread beside the training, a few ahead of it.
///
/// ```swift
/// let loader = BatchLoader(epochs, range: 0..<50)
/// while let batch = loader.next() {
///     train(on: batch.images, batch.targets, count: batch.count)
/// }
/// ```
///
/// Batches come in order, each the one that `Epochs.assemble` writes. Taking one allocates nothing.
/// A loader may be released at any time: its thread stops before `deinit` returns.
public final class BatchLoader: Sendable {
    private let ring: BatchRing

    /// Starts assembling.
    ///
    /// - Parameters:
    ///   - epochs: What batches consist of.
    ///   - range: The epochs to deliver, from 0; `0..<Int.max` goes on for as long as wanted.
    ///   - firstBatch: The batch of the first of these epochs to begin with, where a training goes
    ///     on; the number of batches in an epoch begins with the next epoch.
    ///   - slotCount: How many batches exist at a time: the one in use, and those assembled ahead.
    /// - Precondition: `range` begins at 0 or later, `firstBatch` is in
    ///   `0...epochs.batchesPerEpoch`, and there are 2 slots or more.
    public init(
        _ epochs: Epochs, range: Range<Int>, firstBatch: Int = 0, slotCount: Int = 3
    ) {
        require(range.lowerBound >= 0, "epochs are numbered from 0, not \(range.lowerBound)")
        require(
            (0...epochs.batchesPerEpoch).contains(firstBatch),
            "batch \(firstBatch) is none of the \(epochs.batchesPerEpoch) of an epoch")
        require(slotCount >= 2, "a loader needs 2 slots or more, not \(slotCount)")
        let ring = BatchRing(
            slotCount: slotCount,
            imageFloats: epochs.batchSize * epochs.dataset.samplesPerImage,
            targetFloats: epochs.batchSize * epochs.classCount)
        self.ring = ring
        // The thread holds the ring, not the loader: a loader that nobody refers to can end it.
        let thread = Thread {
            Self.assemble(epochs, range: range, firstBatch: firstBatch, into: ring)
            ring.end()
        }
        thread.name = "valence-loader"
        thread.start()
    }

    deinit {
        ring.cancel()
    }

    /// The next batch, as soon as it is assembled; nil after the last one.
    ///
    /// - Precondition: Not all slots are in batches that still live.
    public func next() -> Batch? {
        guard let assembled = ring.takeReady() else { return nil }
        return Batch(assembled, of: ring)
    }

    private static func assemble(
        _ epochs: Epochs, range: Range<Int>, firstBatch: Int, into ring: BatchRing
    ) {
        guard epochs.batchesPerEpoch > 0 else { return }
        for epoch in range {
            let order = epochs.order(of: epoch)
            let start = epoch == range.lowerBound ? firstBatch : 0
            for batch in start..<epochs.batchesPerEpoch {
                guard let slot = ring.takeFree() else { return }
                let count = epochs.assemble(
                    batch: batch, of: epoch, order: order,
                    images: ring.slots[slot].images, targets: ring.slots[slot].targets)
                ring.deliver(
                    BatchRing.Assembled(slot: slot, epoch: epoch, index: batch, count: count))
            }
        }
    }
}
