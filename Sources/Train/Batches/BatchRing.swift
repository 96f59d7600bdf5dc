import Foundation
import Tensor

/// A few slots of memory that go around between the thread that assembles batches and the one that
/// uses them.
///
/// Unchecked, because of an invariant: a slot's number is in exactly one place, `free`, the
/// assembling thread, `ready` or a living `Batch`, and only who has the number touches the slot's
/// memory. The places themselves are only touched under `condition`, which orders the accesses.
final class BatchRing: @unchecked Sendable {
    /// The memory of one batch.
    struct Slot {
        let images: UnsafeMutablePointer<Float>
        let targets: UnsafeMutablePointer<Float>
    }

    /// A batch that waits to be used.
    struct Assembled {
        var slot: Int
        var epoch: Int
        var index: Int
        var count: Int
    }

    let slots: [Slot]

    private let condition = NSCondition()
    private var free: [Int]
    private var ready: [Assembled] = []
    private var lent = 0
    private var isCancelled = false
    private var hasEnded = false

    /// Allocates all memory that will ever be used.
    init(slotCount: Int, imageFloats: Int, targetFloats: Int) {
        func allocate(_ count: Int) -> UnsafeMutablePointer<Float> {
            let memory = UnsafeMutableRawPointer.allocate(
                byteCount: max(count, 1) * MemoryLayout<Float>.stride, alignment: 64)
            return memory.initializeMemory(as: Float.self, repeating: 0, count: max(count, 1))
        }
        slots = (0..<slotCount).map { _ in
            Slot(images: allocate(imageFloats), targets: allocate(targetFloats))
        }
        free = Array(0..<slotCount)
        ready.reserveCapacity(slotCount)
    }

    deinit {
        for slot in slots {
            slot.images.deallocate()
            slot.targets.deallocate()
        }
    }
}

// MARK: - The assembling side

extension BatchRing {
    /// Waits for a free slot; nil when nobody wants batches any more.
    func takeFree() -> Int? {
        condition.lock()
        defer { condition.unlock() }
        while free.isEmpty && !isCancelled { condition.wait() }
        return isCancelled ? nil : free.removeLast()
    }

    func deliver(_ batch: Assembled) {
        condition.lock()
        ready.append(batch)
        condition.broadcast()
        condition.unlock()
    }

    /// Says that the assembling thread will touch the ring no more.
    func end() {
        condition.lock()
        hasEnded = true
        condition.broadcast()
        condition.unlock()
    }
}

// MARK: - The using side

extension BatchRing {
    /// Waits for the next batch; nil after the last one.
    func takeReady() -> Assembled? {
        condition.lock()
        defer { condition.unlock() }
        while ready.isEmpty && !hasEnded {
            require(
                lent < slots.count,
                "all \(slots.count) batches of a loader are in use: end the life of one before "
                    + "asking for the next")
            condition.wait()
        }
        guard !ready.isEmpty else { return nil }
        lent += 1
        return ready.removeFirst()
    }

    func giveBack(_ slot: Int) {
        condition.lock()
        free.append(slot)
        lent -= 1
        condition.broadcast()
        condition.unlock()
    }

    /// Stops the assembling thread, and returns when it has stopped.
    func cancel() {
        condition.lock()
        isCancelled = true
        condition.broadcast()
        while !hasEnded { condition.wait() }
        condition.unlock()
    }
}
