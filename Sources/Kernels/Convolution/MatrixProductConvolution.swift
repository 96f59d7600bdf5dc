/// Convolution as products of im2col columns and filters, a block of output positions at a time.
///
/// With the columns C `[pixels, depth]` of a block, the filters F `[depth, outputs]` and the
/// output Y `[pixels, outputs]` of one group:
///
/// - forward: Y += C F
/// - backward to the filters: dF += Cᵀ dY
/// - backward to the input: dC = dY Fᵀ, whose rows are added to where they came from
///
/// A block is small enough for its columns to stay in the cache between gathering and multiplying.
struct MatrixProductConvolution {
    let shape: ConvolutionShape
    /// The number of output positions of a block.
    let blockPixels: Int

    init(_ shape: ConvolutionShape) {
        self.shape = shape
        let columnBudget = 48 * 1024
        blockPixels = max(1, min(shape.outputPixels, columnBudget / max(shape.depth, 1)))
    }

    /// Room for the columns of a block.
    var scratchCount: Int { blockPixels * shape.depth }

    /// Fᵀ of every group, `[groups, outputs of the group, depth]`: OpenBLAS multiplies by a matrix
    /// as it lies faster than by a transposed one.
    var preparedCount: Int { shape.filterCount }

    func prepare(filters: UnsafePointer<Float>, into prepared: UnsafeMutablePointer<Float>) {
        // Transposing all filters at once puts the groups one behind the other.
        transpose(filters, rows: shape.depth, columns: shape.outputChannels, into: prepared)
    }

    func forward(
        input: UnsafePointer<Float>, filters: UnsafePointer<Float>,
        output: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>
    ) {
        forEachBlock { group, pixels in
            let columns = self.columns(of: input, group: group, pixels: pixels, scratch: scratch)
            let product = GEMM(
                rows: pixels.count, columns: shape.groupOutputs, depth: shape.depth,
                strideA: columns.stride, strideB: shape.outputChannels,
                strideC: shape.outputChannels, beta: 1)
            product(
                columns.start, filters + group * shape.groupOutputs,
                output + offset(of: pixels, group: group))
        }
    }

    func backward(
        input: UnsafePointer<Float>, outputGradient: UnsafePointer<Float>,
        prepared: UnsafePointer<Float>, filterGradient: UnsafeMutablePointer<Float>,
        inputGradient: UnsafeMutablePointer<Float>?, scratch: UnsafeMutablePointer<Float>
    ) {
        forEachBlock { group, pixels in
            let columns = self.columns(of: input, group: group, pixels: pixels, scratch: scratch)
            let gradient = outputGradient + offset(of: pixels, group: group)
            let toFilters = GEMM(
                rows: shape.depth, columns: shape.groupOutputs, depth: pixels.count,
                transposesA: true, strideA: columns.stride, strideB: shape.outputChannels,
                strideC: shape.outputChannels, beta: 1)
            toFilters(columns.start, gradient, filterGradient + group * shape.groupOutputs)

            guard let inputGradient else { return }
            let toColumns = GEMM(
                rows: pixels.count, columns: shape.depth, depth: shape.groupOutputs,
                strideA: shape.outputChannels)
            toColumns(gradient, prepared + group * shape.groupOutputs * shape.depth, scratch)
            Im2col.scatter(scratch, shape, group: group, pixels: pixels, into: inputGradient)
        }
    }

    /// The columns of a block: gathered in `scratch`, or the image itself where a filter sees
    /// nothing but one pixel.
    private func columns(
        of input: UnsafePointer<Float>, group: Int, pixels: Range<Int>,
        scratch: UnsafeMutablePointer<Float>
    ) -> (start: UnsafePointer<Float>, stride: Int) {
        if isPointwise {
            let start = pixels.lowerBound * shape.inputChannels + group * shape.groupInputs
            return (input + start, shape.inputChannels)
        }
        Im2col.gather(input, shape, group: group, pixels: pixels, into: scratch)
        return (UnsafePointer(scratch), shape.depth)
    }

    private var isPointwise: Bool {
        shape.kernelHeight == 1 && shape.kernelWidth == 1 && shape.stride == 1
            && shape.outputHeight == shape.inputHeight && shape.outputWidth == shape.inputWidth
    }

    private func offset(of pixels: Range<Int>, group: Int) -> Int {
        pixels.lowerBound * shape.outputChannels + group * shape.groupOutputs
    }

    @inline(__always)
    private func forEachBlock(_ body: (_ group: Int, _ pixels: Range<Int>) -> Void) {
        for group in 0..<shape.groups {
            var start = 0
            while start < shape.outputPixels {
                let end = min(start + blockPixels, shape.outputPixels)
                body(group, start..<end)
                start = end
            }
        }
    }
}
