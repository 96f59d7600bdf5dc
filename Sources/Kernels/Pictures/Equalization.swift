/// Spreads the gray levels of a picture so that each range of them covers about as many pixels.
///
/// The darkest level that occurs becomes 0, and any other one the share of the pixels above the
/// darkest that are not brighter, times 255, rounded to even. A picture of one level keeps it.
///
/// - Parameters:
///   - source: `[count]`.
///   - target: `[count]`; may be the source.
package func equalize(
    _ source: UnsafeBufferPointer<UInt8>, into target: UnsafeMutableBufferPointer<UInt8>
) {
    precondition(source.count == target.count)
    withUnsafeTemporaryAllocation(of: Int.self, capacity: 256) { counts in
        counts.initialize(repeating: 0)
        for sample in source { counts[Int(sample)] &+= 1 }
        let darkest = counts.firstIndex { $0 > 0 } ?? 0
        let others = source.count - counts[darkest]
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 256) { levels in
            let scale = 255 / Float(others)
            var sum = 0
            for level in 0..<256 {
                if level > darkest { sum += counts[level] }
                let share = (Float(sum) * scale).rounded(.toNearestOrEven)
                levels[level] = others == 0 ? UInt8(level) : UInt8(min(share, 255))
            }
            for index in 0..<source.count { target[index] = levels[Int(source[index])] }
        }
    }
}
