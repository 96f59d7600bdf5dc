/// Takes the luma of a picture, and spreads it from black at 0 to white at 255.
///
/// - Parameters:
///   - source: A picture as `shape` says.
///   - target: `[height, width]`.
///   - shape: The sizes; only the luma's matter.
///   - coefficients: The encoding.
package func expandLuma(
    _ source: UnsafeBufferPointer<UInt8>, into target: UnsafeMutableBufferPointer<UInt8>,
    shape: YUVShape, coefficients: YUVCoefficients
) {
    let (height, width, plane) = (shape.height, shape.width, shape.luma)
    precondition(target.count == height * width)
    guard width > 0, height > 0, let first = source.baseAddress, let target = target.baseAddress
    else { return }
    precondition(source.count >= plane.end(rows: height, columns: width))
    for row in 0..<height {
        let line = first + (plane.offset + row * plane.stride)
        let result = target + row * width
        switch plane.step {
        case 1:
            expandLine(line, into: result, width: width, step: 1, coefficients) {
                SampleLanes(at: $0)
            }
        case 2:
            // Of the 16 bytes around eight samples, they are the first of all pairs or the second.
            let isFirst = plane.offset % 2 == 0
            expandLine(line, into: result, width: width, step: 2, coefficients) {
                isFirst
                    ? SampleLanes(truncatingIfNeeded: SIMD8<UInt16>(at: $0) & 255)
                    : SampleLanes(truncatingIfNeeded: SIMD8<UInt16>(at: $0 - 1) &>> 8)
            }
        default:
            expandLine(line, into: result, width: width, step: plane.step, coefficients) {
                SampleLanes(at: $0, step: plane.step, repeats: 1, count: 8)
            }
        }
    }
}

@inline(__always)
private func expandLine(
    _ line: UnsafePointer<UInt8>, into target: UnsafeMutablePointer<UInt8>, width: Int, step: Int,
    _ coefficients: YUVCoefficients, load: (UnsafePointer<UInt8>) -> SampleLanes
) {
    var column = 0
    // The last samples are left: what follows them in a packed line may not be there.
    while column &+ 8 < width {
        let samples = coefficients.expanded(load(line + column &* step)).roundedSamples
        UnsafeMutableRawPointer(target + column).storeBytes(
            of: SIMD8<UInt8>(truncatingIfNeeded: samples), as: SIMD8<UInt8>.self)
        column &+= 8
    }
    let rest = SampleLanes(
        at: line + column &* step, step: step, repeats: 1, count: width &- column)
    let samples = coefficients.expanded(rest).roundedSamples
    for lane in 0..<width &- column { target[column &+ lane] = UInt8(samples[lane]) }
}
