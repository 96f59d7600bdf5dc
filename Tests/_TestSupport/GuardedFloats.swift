/// Exactly as many floats as somebody asked for, between guards that tell when he wrote beyond them.
///
/// Guards are not numbers: whoever reads them gets results that show it.
public final class GuardedFloats {
    /// Where the floats begin.
    public let start: UnsafeMutablePointer<Float>
    /// The number of floats.
    public let count: Int

    private static let guardCount = 64
    private static let guardBits: UInt32 = 0x7FC0_BEEF

    /// Allocates floats that are all the same; by default no numbers, as if never written.
    public init(_ count: Int, filledWith value: Float = .nan) {
        self.count = count
        let all = UnsafeMutablePointer<Float>.allocate(capacity: count + 2 * Self.guardCount)
        let guardValue = Float(bitPattern: Self.guardBits)
        all.initialize(repeating: guardValue, count: Self.guardCount)
        start = all + Self.guardCount
        start.initialize(repeating: value, count: count)
        (start + count).initialize(repeating: guardValue, count: Self.guardCount)
    }

    /// Copies floats.
    public convenience init(_ elements: [Float]) {
        self.init(elements.count)
        for (index, element) in elements.enumerated() { start[index] = element }
    }

    deinit {
        (start - Self.guardCount).deallocate()
    }

    /// The floats as they are now.
    public var elements: [Float] { Array(UnsafeBufferPointer(start: start, count: count)) }

    /// Whether nobody wrote before the first or behind the last of the floats.
    public var isIntact: Bool {
        (0..<Self.guardCount).allSatisfy { index in
            (start - 1 - index).pointee.bitPattern == Self.guardBits
                && (start + count + index).pointee.bitPattern == Self.guardBits
        }
    }
}
