/// The two samples between which a new one lies, along rows or columns.
package struct LinearTap: Sendable {
    /// The first of the two.
    package var start: Int32
    /// How much the second one weighs, in 256ths.
    package var weight: Int32

    package init(start: Int32, weight: Int32) {
        self.start = start
        self.weight = weight
    }
}

/// Computes one row of a picture that is shrunk, or not changed at all.
///
/// Samples are interpolated linearly between the two nearest rows and columns, exactly, and rounded
/// once at the end.
///
/// - Parameters:
///   - source: `[height, width]`.
///   - width: The columns of the source.
///   - row: Between which rows the new one lies; the second is not read where it weighs nothing.
///   - columns: Between which columns each new sample lies, `[newWidth]`.
///   - scratch: `[width + 1]`.
///   - target: `[newWidth]`.
func linearRow(
    _ source: UnsafePointer<UInt8>, width: Int, row: LinearTap,
    columns: UnsafeBufferPointer<LinearTap>, scratch: UnsafeMutablePointer<UInt16>,
    into target: UnsafeMutablePointer<UInt8>
) {
    let upper = source + Int(row.start) &* width
    guard columns.count < width || row.weight > 0 else {
        return target.update(from: upper, count: width)
    }
    let lower = row.weight == 0 ? upper : upper + width
    let lowerWeight = UInt16(truncatingIfNeeded: row.weight)
    let upperWeight = 256 &- lowerWeight
    for column in 0..<width {
        scratch[column] =
            UInt16(upper[column]) &* upperWeight &+ UInt16(lower[column]) &* lowerWeight
    }
    scratch[width] = 0
    for column in 0..<columns.count {
        let tap = columns[column]
        let left = Int32(scratch[Int(tap.start)]) &* (256 &- tap.weight)
        let right = Int32(scratch[Int(tap.start) &+ 1]) &* tap.weight
        let sum = UInt32(bitPattern: left &+ right) &+ 1 << 15
        target[column] = UInt8(truncatingIfNeeded: sum >> 16)
    }
}
