/// Adds a row of pixels to a table of sums and to one of sums of squares.
///
/// The sum of a corner is that of all pixels above and to the left of it. Sums wrap around in large
/// pictures, which leaves the differences that make the sum of a rectangle correct.
///
/// - Parameters:
///   - pixels: `[width]`.
///   - width: The number of pixels.
///   - layout: How both tables lie in memory.
///   - sums: The row below the pixels, `[width + 1]`; the row above them lies before it.
///   - squares: The same of the squares.
func integralRow(
    _ pixels: UnsafePointer<UInt8>, width: Int, layout: SumLayout,
    sums: UnsafeMutablePointer<Int32>, squares: UnsafeMutablePointer<Int32>
) {
    let stride = layout.stride
    sums[0] = 0
    squares[0] = 0
    var sum: Int32 = 0
    var square: Int32 = 0
    if layout.step == 1 {
        for column in 0..<width {
            let pixel = Int32(pixels[column])
            sum &+= pixel
            square &+= pixel &* pixel
            let index = column &+ 1
            sums[index] = sums[index &- stride] &+ sum
            squares[index] = squares[index &- stride] &+ square
        }
    } else {
        for column in 0..<width {
            let pixel = Int32(pixels[column])
            sum &+= pixel
            square &+= pixel &* pixel
            let index = layout.offset(x: column &+ 1, y: 0)
            sums[index] = sums[index &- stride] &+ sum
            squares[index] = squares[index &- stride] &+ square
        }
    }
}

/// Adds a row of pixels to a table of sums over triangles: those of all pixels above a corner
/// within the two diagonals that go up from it.
///
/// - Parameters:
///   - pixels: `[width]`.
///   - above: The row of pixels above it, `[width]`; zeros above the first.
///   - width: The number of pixels, at least 1.
///   - layout: How the table lies in memory.
///   - sums: The row below the pixels, `[width + 1]`; the two rows above it lie before it, zeros
///     where the table has none.
func tiltedRow(
    _ pixels: UnsafePointer<UInt8>, above: UnsafePointer<UInt8>, width: Int, layout: SumLayout,
    sums: UnsafeMutablePointer<Int32>
) {
    let stride = layout.stride
    // Beyond the left and right ends, a triangle holds what the next one further in does.
    sums[0] = sums[layout.offset(x: 1, y: 0) &- stride]
    for column in 1...width {
        let left = sums[layout.offset(x: column &- 1, y: 0) &- stride]
        let pair = Int32(pixels[column &- 1]) &+ Int32(above[column &- 1])
        var sum = left &+ pair
        if column < width {
            sum &+= sums[layout.offset(x: column &+ 1, y: 0) &- stride]
            sum &-= sums[layout.offset(x: column, y: 0) &- 2 &* stride]
        }
        sums[layout.offset(x: column, y: 0)] = sum
    }
}
