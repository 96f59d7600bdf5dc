/// A batch that a `BatchLoader` has assembled.
///
/// It lends a part of the loader's memory, and gives it back when its life ends: use its pointers
/// no longer than the batch. It cannot be copied, so that no two owners give it back.
public struct Batch: ~Copyable {
    /// The epoch that the batch belongs to.
    public let epoch: Int
    /// The number of the batch in its epoch.
    public let index: Int
    /// The number of pictures.
    public let count: Int
    /// The network's input, `[count, height, width, channels]`, on a 64-byte boundary.
    public let images: UnsafePointer<Float>
    /// The shares of the classes, `[count, classes]`, on a 64-byte boundary.
    public let targets: UnsafePointer<Float>

    private let ring: BatchRing
    private let slot: Int

    init(_ assembled: BatchRing.Assembled, of ring: BatchRing) {
        epoch = assembled.epoch
        index = assembled.index
        count = assembled.count
        images = UnsafePointer(ring.slots[assembled.slot].images)
        targets = UnsafePointer(ring.slots[assembled.slot].targets)
        slot = assembled.slot
        self.ring = ring
    }

    deinit {
        ring.giveBack(slot)
    }
}
