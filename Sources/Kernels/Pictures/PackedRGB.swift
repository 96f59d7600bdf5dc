/// Turns blue, green and red into red, green and blue.
///
/// - Parameters:
///   - source: `[count, 3]`, BGR.
///   - target: `[count, 3]`, RGB.
package func rgbFromBGR(
    _ source: UnsafeBufferPointer<UInt8>, into target: UnsafeMutableBufferPointer<UInt8>
) {
    precondition(source.count == target.count && source.count % 3 == 0)
    guard !target.isEmpty, let source = source.baseAddress, let result = target.baseAddress
    else { return }
    let last = target.count - 3
    var index = 0
    // Four bytes at a time; the fourth belongs to the next pixel, which then replaces it.
    while index < last {
        let pixel = UnsafeRawPointer(source + index).loadUnaligned(as: UInt32.self)
        UnsafeMutableRawPointer(result + index).storeBytes(
            of: pixel.byteSwapped &>> 8, as: UInt32.self)
        index &+= 3
    }
    for channel in 0..<3 { result[index + channel] = source[index + 2 - channel] }
}
