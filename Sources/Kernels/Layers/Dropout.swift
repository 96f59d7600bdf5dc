/// Sets elements to zero at random, and scales the others so that the expectation stays.
///
/// Source: Srivastava et al., "Dropout", JMLR 15, 2014.
///
/// Which elements fall is a function of the seed and the position alone. So the backward pass
/// applies the same function to the gradient, and no mask is kept in memory.
///
/// `x` is `[count]`, and the result may be written over it; `rate`, 0 to below 1, is the share of
/// elements that fall.
package func dropout(
    _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, count: Int, rate: Float,
    seed: UInt64
) {
    let threshold = SIMD8<UInt32>(repeating: UInt32(Double(rate) * 0x1p32))
    let scale = 1 / (1 - rate)
    let key = SIMD8<UInt32>(repeating: UInt32(truncatingIfNeeded: seed ^ (seed >> 32)))
    var position = SIMD8<UInt32>(0, 1, 2, 3, 4, 5, 6, 7)
    var index = 0
    while index < count {
        let falls = hash(position, key: key) .< threshold
        position &+= 8
        if index + Vector.scalarCount <= count {
            let kept = (x.vector(at: index) * scale).replacing(with: 0, where: falls)
            y.store(kept, at: index)
        } else {
            for lane in 0..<(count - index) {
                y[index + lane] = falls[lane] ? 0 : x[index + lane] * scale
            }
        }
        index += Vector.scalarCount
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
