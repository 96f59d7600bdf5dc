/// Lays out, row by row, what the filters see at a run of output positions, and back.
///
/// - image: `[inputHeight, inputWidth, inputChannels]`
/// - columns: `[pixels.count, kernelHeight, kernelWidth, inputChannels / groups]`
///
/// The convolution is then one matrix product of the columns and the filters (Chellapilla, Puri
/// and Simard, "High performance convolutional neural networks for document processing", 2006).
enum Im2col {
    /// Writes the columns of the output positions `pixels` (row-major) of one group.
    static func gather(
        _ image: UnsafePointer<Float>, _ shape: ConvolutionShape, group: Int,
        pixels: Range<Int>, into columns: UnsafeMutablePointer<Float>
    ) {
        forEachRun(shape, group: group, pixels: pixels) { run in
            let target = columns + run.column
            if let source = run.source {
                target.update(from: image + source, count: run.count)
            } else {
                target.update(repeating: 0, count: run.count)
            }
        }
    }

    /// Adds the columns of the output positions `pixels` to the places of the image they came from.
    static func scatter(
        _ columns: UnsafePointer<Float>, _ shape: ConvolutionShape, group: Int,
        pixels: Range<Int>, into image: UnsafeMutablePointer<Float>
    ) {
        forEachRun(shape, group: group, pixels: pixels) { run in
            guard let source = run.source else { return }
            accumulate(columns + run.column, into: image + source, count: run.count)
        }
    }

    /// Floats that lie one after the other both in the image and in the columns.
    private struct Run {
        /// Where they begin in the image; nil where the filter reaches over the edge.
        var source: Int?
        /// Where they begin in the columns.
        var column: Int
        var count: Int
    }

    /// Calls `body` with the runs that make up the columns, in their order.
    @inline(__always)
    private static func forEachRun(
        _ shape: ConvolutionShape, group: Int, pixels: Range<Int>, _ body: (Run) -> Void
    ) {
        let channels = shape.groupInputs
        // With one group, neighboring kernel columns are neighbors in the image too.
        let joinsPixels = shape.groups == 1
        let firstChannel = group * channels
        var column = 0
        var (y, x) = pixels.lowerBound.quotientAndRemainder(dividingBy: shape.outputWidth)
        for _ in pixels {
            let left = x * shape.stride - shape.paddingLeft
            let isInside = left >= 0 && left + shape.kernelWidth <= shape.inputWidth
            for kernelRow in 0..<shape.kernelHeight {
                let row = y * shape.stride - shape.paddingTop + kernelRow
                let isRowInside = row >= 0 && row < shape.inputHeight
                let start = (row * shape.inputWidth + left) * shape.inputChannels + firstChannel
                if !isRowInside || (joinsPixels && isInside) {
                    let count = shape.kernelWidth * channels
                    body(Run(source: isRowInside ? start : nil, column: column, count: count))
                    column += count
                } else {
                    for kernelColumn in 0..<shape.kernelWidth {
                        let isColumnInside =
                            left + kernelColumn >= 0 && left + kernelColumn < shape.inputWidth
                        body(
                            Run(
                                source: isColumnInside
                                    ? start + kernelColumn * shape.inputChannels : nil,
                                column: column, count: channels))
                        column += channels
                    }
                }
            }
            x += 1
            if x == shape.outputWidth {
                x = 0
                y += 1
            }
        }
    }
}
