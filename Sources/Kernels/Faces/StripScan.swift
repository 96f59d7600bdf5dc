/// A strip of a picture that is shrunk, and the windows in it.
package struct StripShape: Sendable {
    /// The width of the picture before it is shrunk.
    package var sourceWidth: Int
    /// The first row of the shrunk picture that lies in the strip.
    package var firstRow: Int
    /// The number of rows of windows, of which the first begins in the first row of the strip.
    package var windowRows: Int
    /// The number of windows in a row.
    package var windowColumns: Int

    package init(sourceWidth: Int, firstRow: Int, windowRows: Int, windowColumns: Int) {
        self.sourceWidth = sourceWidth
        self.firstRow = firstRow
        self.windowRows = windowRows
        self.windowColumns = windowColumns
    }
}

/// The memory that one thread needs to look through strips; nothing in it outlasts a strip.
package struct StripMemory {
    /// A row of zeros and then a table of sums, whose first row is zero, too.
    package var sums: UnsafeMutablePointer<Int32>
    /// How much later the same of tilted sums lies; 0 where there is none.
    package var tiltedOffset: Int
    /// The same of squares, for cascades that normalize windows.
    package var squares: UnsafeMutablePointer<Int32>
    /// `[sourceWidth + 1]`.
    package var scratch: UnsafeMutablePointer<UInt16>
    /// Three rows of pixels, of which the first is zero, `[3, pixelStride]`.
    package var pixels: UnsafeMutablePointer<UInt8>
    package var pixelStride: Int
    /// Empty lists, each with room at least for the windows of two rows.
    package var lists: WindowLists

    package init(
        sums: UnsafeMutablePointer<Int32>, tiltedOffset: Int,
        squares: UnsafeMutablePointer<Int32>, scratch: UnsafeMutablePointer<UInt16>,
        pixels: UnsafeMutablePointer<UInt8>, pixelStride: Int, lists: WindowLists
    ) {
        self.sums = sums
        self.tiltedOffset = tiltedOffset
        self.squares = squares
        self.scratch = scratch
        self.pixels = pixels
        self.pixelStride = pixelStride
        self.lists = lists
    }
}

/// Looks for windows that pass a cascade in a strip of a picture.
///
/// Rows are shrunk and summed up just before the first windows that reach down to them are looked
/// at, so that all they read is still in the cache.
///
/// - Parameters:
///   - source: The picture before it is shrunk, `[height, sourceWidth]`.
///   - shape: The strip.
///   - program: The cascade; its tilted features have `memory.tiltedOffset` in their offsets.
///   - rows: Between which rows of the source those of the shrunk picture lie.
///   - columns: The same of its columns.
///   - memory: The memory to use.
///   - found: Called with each window, from top to bottom in each part of the strip, with its
///     column and row in the shrunk picture and the sum of the last stage.
package func scanStrip(
    of source: UnsafePointer<UInt8>, shape: StripShape, program: CascadeProgram,
    rows: UnsafeBufferPointer<LinearTap>, columns: UnsafeBufferPointer<LinearTap>,
    memory: StripMemory, found: (_ column: Int, _ row: Int, _ sum: Float) -> Void
) {
    let layout = program.layout
    let table = memory.sums + layout.stride
    let squares = memory.squares + layout.stride
    let scan = WindowScan(program: program, sums: table, squares: squares)
    var lists = memory.lists

    func report() {
        let list = scan.finish(&lists)
        for index in list * lists.capacity..<list * lists.capacity + lists.counts[list] {
            let (row, column) = Int(lists.positions[index]).quotientAndRemainder(
                dividingBy: layout.stride)
            found(column * layout.step, shape.firstRow + row, lists.sums[index])
        }
        lists.counts = .zero
    }

    let lastRow = (shape.windowRows - 1) * layout.step
    for row in 0..<lastRow + program.windowHeight {
        let pixels = memory.pixels + (1 + row & 1) * memory.pixelStride
        let above = memory.pixels + (row == 0 ? 0 : 2 - row & 1) * memory.pixelStride
        linearRow(
            source, width: shape.sourceWidth, row: rows[shape.firstRow + row], columns: columns,
            scratch: memory.scratch, into: pixels)
        let below = (row + 1) * layout.stride
        integralRow(pixels, width: columns.count, layout: layout, sums: table + below)
        if program.normalizes {
            integralRow(pixels, width: columns.count, layout: layout, sums: squares + below) {
                $0 &* $0
            }
        }
        if memory.tiltedOffset > 0 {
            tiltedRow(
                pixels, above: above, width: columns.count, layout: layout,
                sums: table + memory.tiltedOffset + below)
        }
        let windowRow = row + 1 - program.windowHeight
        guard windowRow >= 0, windowRow % layout.step == 0 else { continue }
        scan.scanRow(
            at: windowRow * layout.stride, columns: shape.windowColumns, into: &lists)
        if lists.counts.wrappedSum() + shape.windowColumns > lists.capacity { report() }
    }
    report()
}
