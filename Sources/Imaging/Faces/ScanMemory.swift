import Kernels

/// The memory that one thread looks through strips with.
final class ScanMemory {
    let pointers: StripMemory

    init(_ plan: DetectionPlan) {
        // Large enough for many rows of windows, of which few pass the first stage.
        let capacity = 4 * plan.windowColumns + 512
        let pixelStride = plan.width + 16
        pointers = StripMemory(
            sums: .zeros(plan.tableCount + plan.tiltedOffset), tiltedOffset: plan.tiltedOffset,
            squares: .zeros(plan.tableCount), scratch: .zeros(plan.width + 16),
            pixels: .zeros(3 * pixelStride), pixelStride: pixelStride,
            list: WindowList(
                positions: .zeros(capacity), norms: .zeros(capacity), sums: .zeros(capacity)),
            listCapacity: capacity)
    }

    deinit {
        pointers.sums.deallocate()
        pointers.squares.deallocate()
        pointers.scratch.deallocate()
        pointers.pixels.deallocate()
        pointers.list.positions.deallocate()
        pointers.list.norms.deallocate()
        pointers.list.sums.deallocate()
    }
}

extension UnsafeMutablePointer where Pointee: Numeric {
    fileprivate static func zeros(_ count: Int) -> Self {
        let start = allocate(capacity: count)
        start.initialize(repeating: 0, count: count)
        return start
    }
}
