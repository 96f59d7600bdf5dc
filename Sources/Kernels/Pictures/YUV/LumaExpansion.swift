/// Takes the luma of a picture, and spreads it from black at 0 to white at 255.
///
/// - Parameters:
///   - source: A picture as `shape` says.
///   - target: `[height, width]`.
///   - shape: The sizes; only the luma's matter.
///   - grays: The result for each luma, `[256]`.
package func expandLuma(
    _ source: UnsafeBufferPointer<UInt8>, into target: UnsafeMutableBufferPointer<UInt8>,
    shape: YUVShape, grays: UnsafePointer<UInt8>
) {
    let (height, width, plane) = (shape.height, shape.width, shape.luma)
    precondition(target.count == height * width)
    guard width > 0, height > 0, let first = source.baseAddress, let target = target.baseAddress
    else { return }
    precondition(source.count >= plane.end(rows: height, columns: width))
    for row in 0..<height {
        let line = first + (plane.offset + row * plane.stride)
        let result = target + row * width
        var place = 0
        for column in 0..<width {
            result[column] = grays[Int(line[place])]
            place &+= plane.step
        }
    }
}
