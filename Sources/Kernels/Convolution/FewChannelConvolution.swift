/// Convolution of few input channels, as products of filters and columns that lie tap by tap.
///
/// A tap is a position in a filter: row, column and channel. What it sees at all positions of an
/// output row is a row of the image, shifted; with one channel and a stride of 1 it is copied at
/// once, where columns that lie pixel by pixel, as in `MatrixProductConvolution`, would be put
/// together from runs of a few floats. With the columns C `[taps, pixels]` of a band, the filters F
/// `[taps, outputs]` and the output Y `[pixels, outputs]`:
///
/// - forward: Y = Cᵀ F
/// - backward to the filters: dF += C dY
/// - backward to the input: dC = F dYᵀ, whose rows are added to where they came from
///
/// With vectors of four floats, which is what the compiler may assume, summing tap by tap in
/// registers took three times as long as these products do.
struct FewChannelConvolution: Sendable {
    let shape: ConvolutionShape

    init(_ shape: ConvolutionShape) {
        self.shape = shape
    }

    /// Whether the algorithm computes convolutions of this shape.
    static func supports(_ shape: ConvolutionShape) -> Bool { shape.groups == 1 }

    /// A band of the output, and its columns.
    var scratchCount: Int { shape.bandCount + shape.depth * shape.bandPixels }

    func forward(
        input: UnsafePointer<Float>, images: Int, filters: UnsafePointer<Float>,
        scratch: UnsafeMutablePointer<Float>, write: (OutputPatch) -> Void
    ) {
        let columns = scratch + shape.bandCount
        shape.forEachBand(of: images, in: scratch) { band in
            gather(input + band.image * shape.inputCount, at: band, into: columns)
            let pixels = band.rows.count * shape.outputWidth
            let product = GEMM(
                rows: pixels, columns: shape.outputChannels, depth: shape.depth, transposesA: true)
            product(columns, filters, band.start)
            write(band)
        }
    }

    func backward(
        input: UnsafePointer<Float>, images: Int, filters: UnsafePointer<Float>,
        filterGradient: UnsafeMutablePointer<Float>, inputGradient: UnsafeMutablePointer<Float>?,
        scratch: UnsafeMutablePointer<Float>, read: (OutputPatch) -> Void
    ) {
        let columns = scratch + shape.bandCount
        inputGradient?.update(repeating: 0, count: images * shape.inputCount)
        shape.forEachBand(of: images, in: scratch) { band in
            let image = band.image * shape.inputCount
            let pixels = band.rows.count * shape.outputWidth
            read(band)
            gather(input + image, at: band, into: columns)
            let toFilters = GEMM(
                rows: shape.depth, columns: shape.outputChannels, depth: pixels, beta: 1)
            toFilters(columns, band.start, filterGradient)

            guard let inputGradient else { return }
            let toColumns = GEMM(
                rows: shape.depth, columns: pixels, depth: shape.outputChannels, transposesB: true)
            toColumns(filters, band.start, columns)
            scatter(columns, of: band, into: inputGradient + image)
        }
    }

    /// Writes what every tap sees at all positions of a band.
    private func gather(
        _ image: UnsafePointer<Float>, at band: OutputPatch,
        into columns: UnsafeMutablePointer<Float>
    ) {
        let step = shape.stride * shape.inputChannels
        forEachRow(of: band) { source, positions, target in
            let target = columns + target
            target.update(repeating: 0, count: positions.lowerBound)
            (target + positions.upperBound).update(
                repeating: 0, count: shape.outputWidth - positions.upperBound)
            if step == 1 {
                (target + positions.lowerBound).update(
                    from: image + source, count: positions.count)
            } else {
                for (index, position) in positions.enumerated() {
                    target[position] = image[source + index * step]
                }
            }
        }
    }

    /// Adds the columns of a band to the places of the image that they came from.
    private func scatter(
        _ columns: UnsafePointer<Float>, of band: OutputPatch,
        into image: UnsafeMutablePointer<Float>
    ) {
        let step = shape.stride * shape.inputChannels
        forEachRow(of: band) { source, positions, target in
            for (index, position) in positions.enumerated() {
                image[source + index * step] += columns[target + position]
            }
        }
    }

    /// Calls `body` for every tap and every output row of a band: where the first value lies in the
    /// image that the tap sees inside of it, at which positions of the row it sees the inside, and
    /// where the row begins in the columns.
    @inline(__always)
    private func forEachRow(
        of band: OutputPatch,
        _ body: (_ source: Int, _ positions: Range<Int>, _ target: Int) -> Void
    ) {
        var target = 0
        for kernelRow in 0..<shape.kernelHeight {
            for kernelColumn in 0..<shape.kernelWidth {
                let positions = positions(of: kernelColumn)
                let column =
                    positions.lowerBound * shape.stride - shape.paddingLeft + kernelColumn
                for channel in 0..<shape.inputChannels {
                    for y in band.rows {
                        let row = y * shape.stride - shape.paddingTop + kernelRow
                        let isInside = row >= 0 && row < shape.inputHeight
                        body(
                            (row * shape.inputWidth + column) * shape.inputChannels + channel,
                            isInside ? positions : 0..<0, target)
                        target += shape.outputWidth
                    }
                }
            }
        }
    }

    /// The output columns at which a column of the filters lies inside the image.
    private func positions(of kernelColumn: Int) -> Range<Int> {
        let before = max(0, shape.paddingLeft - kernelColumn)
        let first = (before + shape.stride - 1) / shape.stride
        let last = shape.inputWidth - 1 + shape.paddingLeft - kernelColumn
        let end = last < 0 ? 0 : min(shape.outputWidth, last / shape.stride + 1)
        return first < end ? first..<end : 0..<0
    }
}
