/// Which of `[count]` elements dropout sets to zero; it scales the others so that the expectation
/// stays.
///
/// Source: Srivastava et al., "Dropout", JMLR 15, 2014.
///
/// Which elements fall is a function of the seed and the position alone. So the backward pass
/// applies the same function to the gradient, and no mask is kept in memory.
package struct DropoutMask: Sendable {
    private let threshold: SIMD8<UInt32>
    private let key: SIMD8<UInt32>
    /// What elements that stay are multiplied by.
    let scale: Float

    /// Chooses the elements that fall.
    ///
    /// - Parameters:
    ///   - rate: The share of elements that fall, 0 to below 1.
    ///   - seed: What the choice follows from.
    package init(rate: Float, seed: UInt64) {
        threshold = SIMD8(repeating: UInt32(Double(rate) * 0x1p32))
        key = SIMD8(repeating: UInt32(truncatingIfNeeded: seed ^ (seed >> 32)))
        scale = 1 / (1 - rate)
    }

    /// Which of the eight elements from `position` on fall.
    @inline(__always)
    func falls(at position: Int) -> SIMDMask<SIMD8<Int32>> {
        let lanes = SIMD8<UInt32>(0, 1, 2, 3, 4, 5, 6, 7)
        return hash(lanes &+ UInt32(truncatingIfNeeded: position), key: key) .< threshold
    }

    /// The eight elements from `position` on, after dropout.
    @inline(__always)
    func apply(_ elements: Vector, at position: Int) -> Vector {
        (elements * scale).replacing(with: 0, where: falls(at: position))
    }

    /// Writes all elements after dropout; `y` may be `x`.
    package func apply(
        _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, count: Int
    ) {
        forEachVector(count) { index, lanes in
            y.store(apply(x.vector(at: index, lanes: lanes), at: index), at: index, lanes: lanes)
        }
    }
}

/// A bijective mixing of 32 bits, twice keyed; the constants are Chris Wellons' `lowbias32`, found
/// by search for the least bias.
@inline(__always)
private func hash(_ position: SIMD8<UInt32>, key: SIMD8<UInt32>) -> SIMD8<UInt32> {
    var h = position ^ key
    h ^= h &>> 16
    h &*= 0x7feb_352d
    h ^= h &>> 15
    h &*= 0x846c_a68b
    h ^= h &>> 16
    h &+= key
    h &*= 0x9e37_79b1
    h ^= h &>> 15
    return h
}
