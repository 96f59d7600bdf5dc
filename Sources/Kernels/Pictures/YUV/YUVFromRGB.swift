/// Turns red, green and blue into limited BT.601, two by two pixels sharing the color of their mean.
///
/// - Parameters:
///   - source: `[height, width, 3]`.
///   - target: A picture as `shape` says.
///   - shape: Planes of which two rows and two columns share their color; pixels that have no
///     neighbor share it with themselves.
package func sharedYUVFromRGB(
    _ source: UnsafeBufferPointer<UInt8>, into target: UnsafeMutableBufferPointer<UInt8>,
    shape: YUVShape
) {
    let (height, width) = (shape.height, shape.width)
    precondition(source.count == height * width * 3 && target.count >= shape.byteCount)
    precondition(shape.rowsPerColor == 2 && shape.columnsPerColor == 2)
    guard let source = source.baseAddress, let target = target.baseAddress else { return }
    // 16 bits behind the point; 219 steps of luma and 224 of differences instead of 255.
    func fixed(_ value: Double) -> Int32 { Int32((value * 65536).rounded()) }
    let luma = SIMD3(fixed(0.299 * 219 / 255), fixed(0.587 * 219 / 255), fixed(0.114 * 219 / 255))
    let (blue, red) = (0.5 / (1 - 0.114) * 224 / 255, 0.5 / (1 - 0.299) * 224 / 255)
    let (blueFromBlue, redFromRed) = (fixed(blue * (1 - 0.114)), fixed(red * (1 - 0.299)))
    let (blueFromRed, redFromBlue) = (fixed(-blue * 0.299), fixed(-red * 0.114))
    // Grays have no color at all, so what is rounded goes to green.
    let blueFromGreen = 0 &- blueFromBlue &- blueFromRed
    let redFromGreen = 0 &- redFromRed &- redFromBlue

    /// Writes the luma of a pixel, and returns its colors.
    @inline(__always)
    func visit(_ row: Int, _ column: Int) -> (red: Int32, green: Int32, blue: Int32) {
        let pixel = source + (row &* width &+ column) &* 3
        let (r, g, b) = (Int32(pixel[0]), Int32(pixel[1]), Int32(pixel[2]))
        let sum = r &* luma.x &+ g &* luma.y &+ b &* luma.z &+ 1 &<< 15
        target[shape.luma.offset &+ row &* shape.luma.stride &+ column] = UInt8(
            truncatingIfNeeded: 16 &+ sum &>> 16)
        return (r, g, b)
    }

    for row in stride(from: 0, to: height, by: 2) {
        let below = min(row + 1, height - 1)
        let colorRow = row / 2
        let blueLine = target + (shape.blue.offset + colorRow * shape.blue.stride)
        let redLine = target + (shape.red.offset + colorRow * shape.red.stride)
        var column = 0
        while column < width {
            let right = min(column &+ 1, width &- 1)
            let (a, b) = (visit(row, column), visit(row, right))
            let (c, d) = (visit(below, column), visit(below, right))
            // Four pixels: 18 bits behind the point.
            let r = a.red &+ b.red &+ c.red &+ d.red
            let g = a.green &+ b.green &+ c.green &+ d.green
            let blueSum = a.blue &+ b.blue &+ c.blue &+ d.blue
            let half: Int32 = 1 &<< 17
            let u = r &* blueFromRed &+ g &* blueFromGreen &+ blueSum &* blueFromBlue &+ half
            let v = r &* redFromRed &+ g &* redFromGreen &+ blueSum &* redFromBlue &+ half
            blueLine[column &>> 1] = UInt8(truncatingIfNeeded: 128 &+ u &>> 18)
            redLine[column &>> 1] = UInt8(truncatingIfNeeded: 128 &+ v &>> 18)
            column &+= 2
        }
    }
}
