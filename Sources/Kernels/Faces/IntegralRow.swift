/// Adds a row of pixels, or of what is computed of each, to a table of sums.
///
/// The sum of a corner is that of all pixels above and to the left of it. Sums wrap around in large
/// pictures, which leaves the differences that make the sum of a rectangle correct.
///
/// - Parameters:
///   - pixels: `[width]`.
///   - width: The number of pixels.
///   - layout: How the table lies in memory.
///   - sums: The row below the pixels, `[width + 1]`; the row above them lies before it.
///   - value: What is summed up.
@inline(__always)
func integralRow(
    _ pixels: UnsafePointer<UInt8>, width: Int, layout: SumLayout,
    sums: UnsafeMutablePointer<Int32>, value: (_ pixel: Int32) -> Int32 = { $0 }
) {
    sums[0] = 0
    // Two pixels at a time, whose corners lie side by side or in both halves of the row.
    var first = sums + layout.offset(x: 1, y: 0)
    var second = sums + layout.offset(x: 2, y: 0)
    let advance = 2 / layout.step
    let above = -layout.stride
    var sum: Int32 = 0
    var column = 0
    while column &+ 1 < width {
        let left = value(Int32(pixels[column]))
        let both = left &+ value(Int32(pixels[column &+ 1]))
        first[0] = first[above] &+ (sum &+ left)
        sum &+= both
        second[0] = second[above] &+ sum
        first += advance
        second += advance
        column &+= 2
    }
    if column < width { first[0] = first[above] &+ sum &+ value(Int32(pixels[column])) }
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
