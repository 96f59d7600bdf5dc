/// A rectangle of the output of a convolution, on its way from the convolution to whatever takes
/// it; or of the gradient of the output, on its way back.
///
/// Convolutions compute their output in patches that are small enough for the cache, and whoever
/// takes a patch can go on with it there: add a bias, rectify, pool. Patches begin at even rows and
/// columns, and end at odd ones only where the image ends, so that each holds whole windows of
/// 2 x 2. Each image's patches come in row-major order.
package struct OutputPatch {
    /// The values, `[rows.count, columns.count, channels]`.
    package let start: UnsafeMutablePointer<Float>
    /// The distance in floats from a row to the next.
    package let rowStride: Int
    /// The distance in floats from a pixel to the next.
    package let pixelStride: Int
    /// The number of the image in the call.
    package let image: Int
    /// The place of the rectangle in the image.
    package let rows: Range<Int>
    package let columns: Range<Int>

    package init(
        start: UnsafeMutablePointer<Float>, rowStride: Int, pixelStride: Int, image: Int,
        rows: Range<Int>, columns: Range<Int>
    ) {
        self.start = start
        self.rowStride = rowStride
        self.pixelStride = pixelStride
        self.image = image
        self.rows = rows
        self.columns = columns
    }

    /// Where the channels of a pixel begin, by its place in the image.
    @inline(__always)
    func pixel(_ row: Int, _ column: Int) -> UnsafeMutablePointer<Float> {
        start + (row - rows.lowerBound) * rowStride + (column - columns.lowerBound) * pixelStride
    }

    /// Calls `body` with the places of all pixels.
    @inline(__always)
    func forEachPixel(_ body: (_ row: Int, _ column: Int) -> Void) {
        for row in rows {
            for column in columns { body(row, column) }
        }
    }

    /// Calls `body` with the offsets of all pixels, or of every second one both ways: in the patch,
    /// and in an image of `[height, width, channels]` that has as many pixels as `body` is called
    /// for.
    @inline(__always)
    func forEachOffset(
        step: Int = 1, width: Int, channels: Int,
        _ body: (_ offset: Int, _ imageOffset: Int) -> Void
    ) {
        let first = rows.lowerBound / step * width + columns.lowerBound / step
        for row in 0..<(rows.count / step) {
            // Wrapping arithmetic: checks would take as long as what is to be done with a pixel.
            var offset = row &* step &* rowStride
            var imageOffset = (first &+ row &* width) &* channels
            for _ in 0..<(columns.count / step) {
                body(offset, imageOffset)
                offset &+= step &* pixelStride
                imageOffset &+= channels
            }
        }
    }
}
