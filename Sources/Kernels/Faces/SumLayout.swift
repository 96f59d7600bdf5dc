/// How a table of sums over a picture lies in memory: a sum for each corner between pixels.
///
/// Windows that lie next to each other are computed together, lane by lane, so what they read has
/// to lie next to each other, too. Where only every second window is looked at, each row has its
/// even columns first and its odd ones in the second half.
package struct SumLayout: Hashable, Sendable {
    /// The number of sums from one row to the next, a multiple of 16.
    package var stride: Int
    /// The number of pixels from one window to the next, 1 or 2.
    package var step: Int

    package init(stride: Int, step: Int) {
        self.stride = stride
        self.step = step
    }

    /// The smallest number of sums that a row of pixels needs.
    ///
    /// It is an odd number of cache lines, so that the rows of a window do not compete for the same
    /// ones, and has room for the lanes beyond the last window.
    package static func stride(forWidth width: Int) -> Int {
        let lines = (width + 1 + 4 * Vector.scalarCount) / 16 + 1
        return 16 * (lines | 1)
    }

    /// Where the sum of a corner lies, seen from that of the window's upper left one.
    package func offset(x: Int, y: Int) -> Int {
        step == 1 ? y * stride + x : y * stride + (x & 1) * (stride / 2) + x / 2
    }
}
