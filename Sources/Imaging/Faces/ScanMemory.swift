import Kernels

/// The memory that one thread looks through strips with.
final class ScanMemory {
    let pointers: StripMemory

    init(_ plan: DetectionPlan) {
        // Large enough for many rows of windows, of which few pass the first stage.
        let capacity = 4 * plan.windowColumns + 512
        let room = WindowLists.count * capacity
        let pixelStride = plan.width + 16
        pointers = StripMemory(
            sums: .zeros(plan.tableCount + plan.tiltedOffset), tiltedOffset: plan.tiltedOffset,
            squares: .zeros(plan.tableCount), scratch: .zeros(plan.width + 16),
            pixels: .zeros(3 * pixelStride), pixelStride: pixelStride,
            lists: WindowLists(
                positions: .zeros(room), norms: .zeros(room), sums: .zeros(room),
                capacity: capacity))
    }

    deinit {
        pointers.sums.deallocate()
        pointers.squares.deallocate()
        pointers.scratch.deallocate()
        pointers.pixels.deallocate()
        pointers.lists.positions.deallocate()
        pointers.lists.norms.deallocate()
        pointers.lists.sums.deallocate()
    }
}

extension UnsafeMutablePointer where Pointee: Numeric {
    fileprivate static func zeros(_ count: Int) -> Self {
        let start = allocate(capacity: count)
        start.initialize(repeating: 0, count: count)
        return start
    }
}
