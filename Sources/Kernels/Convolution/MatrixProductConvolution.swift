/// Convolution as products of im2col columns and filters, a block of output positions at a time.
///
/// With the columns C `[pixels, depth]` of a block, the filters F `[depth, outputs]` and the
/// output Y `[pixels, outputs]` of one group:
///
/// - forward: Y = C F
/// - backward to the filters: dF += Cᵀ dY
/// - backward to the input: dC = dY Fᵀ, whose rows are added to where they came from
///
/// A block is small enough for its columns to stay in the cache between gathering and multiplying.
struct MatrixProductConvolution: Sendable {
    let shape: ConvolutionShape
    /// The number of output positions of a block.
    private let blockPixels: Int

    init(_ shape: ConvolutionShape) {
        self.shape = shape
        let cached = 48 * 1024 / max(shape.depth, 1)
        blockPixels = max(1, min(shape.outputPixels, cached))
    }

    /// A band of the output, and the columns of a block.
    var scratchCount: Int { shape.bandCount + blockPixels * shape.depth }

    /// Fᵀ of every group, `[groups, outputs of the group, depth]`, for the backward pass: OpenBLAS
    /// multiplies by a matrix as it lies faster than by a transposed one.
    func preparedCount(forBackward: Bool) -> Int { forBackward ? shape.filterCount : 0 }

    func prepare(filters: UnsafePointer<Float>, into prepared: UnsafeMutablePointer<Float>) {
        // Transposing all filters at once puts the groups one behind the other.
        transpose(filters, rows: shape.depth, columns: shape.outputChannels, into: prepared)
    }

    func forward(
        input: UnsafePointer<Float>, images: Int, filters: UnsafePointer<Float>,
        scratch: UnsafeMutablePointer<Float>, write: (OutputPatch) -> Void
    ) {
        shape.forEachBand(of: images, in: scratch) { band in
            let input = input + band.image * shape.inputCount
            forEachBlock(of: band, scratch) { block in
                let columns = self.columns(of: input, block)
                let product = GEMM(
                    rows: block.pixels.count, columns: shape.groupOutputs, depth: shape.depth,
                    strideA: columns.stride, strideB: shape.outputChannels,
                    strideC: shape.outputChannels)
                product(columns.start, filters + block.group * shape.groupOutputs, block.output)
            }
            write(band)
        }
    }

    func backward(
        input: UnsafePointer<Float>, images: Int, prepared: UnsafePointer<Float>,
        filterGradient: UnsafeMutablePointer<Float>, inputGradient: UnsafeMutablePointer<Float>?,
        scratch: UnsafeMutablePointer<Float>, read: (OutputPatch) -> Void
    ) {
        inputGradient?.update(repeating: 0, count: images * shape.inputCount)
        shape.forEachBand(of: images, in: scratch) { band in
            read(band)
            forEachBlock(of: band, scratch) { block in
                let columns = self.columns(of: input + band.image * shape.inputCount, block)
                let toFilters = GEMM(
                    rows: shape.depth, columns: shape.groupOutputs, depth: block.pixels.count,
                    transposesA: true, strideA: columns.stride, strideB: shape.outputChannels,
                    strideC: shape.outputChannels, beta: 1)
                toFilters(
                    columns.start, block.output, filterGradient + block.group * shape.groupOutputs)

                guard let inputGradient else { return }
                let toColumns = GEMM(
                    rows: block.pixels.count, columns: shape.depth, depth: shape.groupOutputs,
                    strideA: shape.outputChannels)
                toColumns(
                    block.output, prepared + block.group * shape.groupOutputs * shape.depth,
                    block.columns)
                Im2col.scatter(
                    block.columns, shape, group: block.group, pixels: block.pixels,
                    into: inputGradient + band.image * shape.inputCount)
            }
        }
    }

    /// Some output positions of one group.
    private struct Block {
        let group: Int
        let pixels: Range<Int>
        /// Where the first position's channels of the group lie in the band.
        let output: UnsafeMutablePointer<Float>
        /// Room for the columns.
        let columns: UnsafeMutablePointer<Float>
    }

    /// The columns of a block: gathered, or the image itself where a filter sees nothing but one
    /// pixel.
    private func columns(
        of input: UnsafePointer<Float>, _ block: Block
    ) -> (start: UnsafePointer<Float>, stride: Int) {
        if isPointwise {
            let start =
                block.pixels.lowerBound * shape.inputChannels + block.group * shape.groupInputs
            return (input + start, shape.inputChannels)
        }
        Im2col.gather(
            input, shape, group: block.group, pixels: block.pixels, into: block.columns)
        return (UnsafePointer(block.columns), shape.depth)
    }

    private var isPointwise: Bool {
        shape.kernelHeight == 1 && shape.kernelWidth == 1 && shape.stride == 1
            && shape.outputHeight == shape.inputHeight && shape.outputWidth == shape.inputWidth
    }

    @inline(__always)
    private func forEachBlock(
        of band: OutputPatch, _ scratch: UnsafeMutablePointer<Float>, _ body: (Block) -> Void
    ) {
        let first = band.rows.lowerBound * shape.outputWidth
        let end = band.rows.upperBound * shape.outputWidth
        for group in 0..<shape.groups {
            for start in stride(from: first, to: end, by: blockPixels) {
                body(
                    Block(
                        group: group, pixels: start..<min(start + blockPixels, end),
                        output: band.start + (start - first) * shape.outputChannels
                            + group * shape.groupOutputs,
                        columns: scratch + shape.bandCount))
            }
        }
    }
}
