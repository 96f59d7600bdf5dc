/// Converts 8-bit samples to floats of the same values.
///
/// - Parameters:
///   - source: `[count]`.
///   - target: `[count]`.
package func floats(
    fromSamples source: UnsafeBufferPointer<UInt8>,
    into target: UnsafeMutableBufferPointer<Float>
) {
    precondition(source.count == target.count)
    for index in 0..<source.count {
        target[index] = Float(source[index])
    }
}

/// Rounds floats to the nearest 8-bit samples; what is not a number becomes 0.
///
/// - Parameters:
///   - source: `[count]`.
///   - target: `[count]`.
package func samples(
    fromFloats source: UnsafeBufferPointer<Float>,
    into target: UnsafeMutableBufferPointer<UInt8>
) {
    precondition(source.count == target.count)
    for index in 0..<source.count {
        let value = source[index].rounded(.toNearestOrEven)
        target[index] = value >= 0 ? UInt8(value < 255 ? value : 255) : 0
    }
}
