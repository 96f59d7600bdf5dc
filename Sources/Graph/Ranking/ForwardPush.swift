/// What a walk has reached of a graph: for each song the share of walkers that began anew there, and
/// the share that still has to walk on.
///
/// A table with open addressing, which holds what was reached only.
struct ForwardPush: ~Copyable {
    struct Slot {
        /// 1 more than the row; 0 where the slot is free.
        var key: UInt32
        /// Whether the song waits in the queue.
        var isQueued: Bool
        /// The share of walkers that began anew from here.
        var score: Double
        /// The share that has to walk on.
        var residual: Double
        /// Less than this is not worth a walk.
        var limit: Double
    }

    private(set) var slots: UnsafeMutableBufferPointer<Slot>
    private var count = 0

    init() { slots = Self.allocate(1 << 12) }

    deinit { slots.deallocate() }

    private static func allocate(_ capacity: Int) -> UnsafeMutableBufferPointer<Slot> {
        let slots = UnsafeMutableBufferPointer<Slot>.allocate(capacity: capacity)
        slots.initialize(
            repeating: Slot(key: 0, isQueued: false, score: 0, residual: 0, limit: 0))
        return slots
    }

    /// The slot of a song, or the free one that it may take.
    @inline(__always)
    private static func index(
        of row: Int, in slots: UnsafeMutableBufferPointer<Slot>
    ) -> Int {
        let key = UInt32(truncatingIfNeeded: row &+ 1)
        let mask = slots.count &- 1
        // Fibonacci hashing spreads rows that follow one another.
        var index = Int(truncatingIfNeeded: (UInt64(key) &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
        while slots[index].key != key, slots[index].key != 0 { index = (index &+ 1) & mask }
        return index
    }

    /// The slot of a song that was reached before.
    @inline(__always)
    func index(of row: Int) -> Int { Self.index(of: row, in: slots) }

    /// Adds walkers at a song, and says whether it has to be queued.
    ///
    /// `limit` is asked for where the song is new: fewer walkers need not walk on.
    @inline(__always)
    mutating func add(_ share: Double, at row: Int, limit: (Int) -> Double) -> Bool {
        var index = Self.index(of: row, in: slots)
        if slots[index].key == 0 {
            if (count &+ 1) &* 2 > slots.count {
                grow()
                index = Self.index(of: row, in: slots)
            }
            count &+= 1
            slots[index].key = UInt32(truncatingIfNeeded: row &+ 1)
            slots[index].limit = limit(row)
        }
        slots[index].residual += share
        guard !slots[index].isQueued, slots[index].residual > slots[index].limit else {
            return false
        }
        slots[index].isQueued = true
        return true
    }

    @inline(never)
    private mutating func grow() {
        let larger = Self.allocate(slots.count * 2)
        for slot in slots where slot.key != 0 {
            larger[Self.index(of: Int(slot.key) - 1, in: larger)] = slot
        }
        slots.deallocate()
        slots = larger
    }
}
