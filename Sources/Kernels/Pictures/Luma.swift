/// Computes the luma of ITU-R BT.601 in 16-bit fixed point.
///
/// - Parameters:
///   - source: `[count, 3]`, RGB.
///   - target: `[count]`.
package func lumaFromRGB(
    _ source: UnsafeBufferPointer<UInt8>, into target: UnsafeMutableBufferPointer<UInt8>
) {
    precondition(source.count == target.count * 3)
    for pixel in 0..<target.count {
        let red = UInt32(source[3 * pixel]) &* 19_595
        let green = UInt32(source[3 * pixel + 1]) &* 38_470
        let blue = UInt32(source[3 * pixel + 2]) &* 7_471
        target[pixel] = UInt8(truncatingIfNeeded: (red &+ green &+ blue &+ 1 << 15) >> 16)
    }
}

/// Repeats each sample three times.
///
/// - Parameters:
///   - source: `[count]`.
///   - target: `[count, 3]`, RGB.
package func rgbFromLuma(
    _ source: UnsafeBufferPointer<UInt8>, into target: UnsafeMutableBufferPointer<UInt8>
) {
    precondition(target.count == source.count * 3)
    for pixel in 0..<source.count {
        target[3 * pixel] = source[pixel]
        target[3 * pixel + 1] = source[pixel]
        target[3 * pixel + 2] = source[pixel]
    }
}
