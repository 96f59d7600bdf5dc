/// Which of `[count]` elements dropout sets to zero; it scales the others so that the expectation
/// stays.
///
/// Source: Srivastava et al., "Dropout", JMLR 15, 2014.
///
/// Which elements fall is a function of the seed and the position alone. So the backward pass
/// applies the same function to the gradient, and no mask is kept in memory.
package struct DropoutMask: Sendable {
    private let key: UInt64
    /// The share of elements that fall, of 65,536.
    private let threshold: Int32
    /// What elements that stay are multiplied by.
    let scale: Float

    /// Chooses the elements that fall.
    ///
    /// - Parameters:
    ///   - rate: The share of elements that fall, 0 to below 1; which ones is decided by 16 bits, so that
    ///     rates closer to 0 or 1 than 2⁻¹⁶ come out as these bounds.
    ///   - seed: What the choice follows from.
    package init(rate: Float, seed: UInt64) {
        key = seed
        threshold = min(Int32((rate * 0x1p16).rounded()), 0xffff)
        scale = 1 / (1 - rate)
    }

    /// Which of the eight elements from `position` on fall.
    @inline(__always)
    func falls(at position: Int) -> LaneBits {
        let numbers =
            position & 7 == 0 ? numbers(ofGroup: position >> 3) : numbers(from: position)
        return LaneBits(where: SIMD8(truncatingIfNeeded: numbers), areBelow: threshold)
    }

    /// The eight elements from `position` on, after dropout.
    @inline(__always)
    func apply(_ elements: Vector, at position: Int) -> Vector {
        (elements * scale).kept(where: ~falls(at: position))
    }

    /// Writes all elements after dropout; `y` may be `x`.
    package func apply(
        _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, count: Int
    ) {
        forEachVector(count) { index, lanes in
            y.store(apply(x.vector(at: index, lanes: lanes), at: index), at: index, lanes: lanes)
        }
    }

    /// Random numbers of 16 bits for the elements from `8 * group` on.
    @inline(__always)
    private func numbers(ofGroup group: Int) -> SIMD8<UInt16> {
        let state = key &+ UInt64(truncatingIfNeeded: group) &* (2 &* Self.gamma)
        let bits = SIMD2(mix(state &+ Self.gamma), mix(state &+ 2 &* Self.gamma))
        return unsafeBitCast(bits, to: SIMD8<UInt16>.self)
    }

    /// The same from any element on: parts of two groups.
    @inline(never)
    private func numbers(from position: Int) -> SIMD8<UInt16> {
        var numbers = SIMD8<UInt16>.zero
        for lane in 0..<8 {
            let element = position + lane
            numbers[lane] = self.numbers(ofGroup: element >> 3)[element & 7]
        }
        return numbers
    }

    /// The step of SplitMix64.
    private static var gamma: UInt64 { 0x9e37_79b9_7f4a_7c15 }
}

/// The output function of SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number
/// generators", OOPSLA 2014).
@inline(__always)
private func mix(_ state: UInt64) -> UInt64 {
    var bits = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
    bits = (bits ^ (bits >> 27)) &* 0x94d0_49bb_1331_11eb
    return bits ^ (bits >> 31)
}
