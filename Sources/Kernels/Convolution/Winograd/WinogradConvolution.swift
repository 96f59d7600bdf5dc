/// Convolution by filters of 3 x 3 with a stride of 1, by Winograd's minimal algorithm.
///
/// The output is divided into tiles of m x m; a tile sees a patch of n x n = (m + 2) x (m + 2) of
/// the input. All tiles of some images are computed in blocks of up to `blockTiles`:
///
/// - V = Bᵀ D B of each patch D of the input, `[tiles, n², inputs]`
/// - U = G g Gᵀ of each filter g, `[n², inputs, outputs]`, once a step
/// - M = V U at each of the n² points: n² matrix products `[tiles, inputs] [inputs, outputs]`
/// - Y = Aᵀ M A of each tile of M, `[tiles, n², outputs]`
///
/// and backward from dY:
///
/// - dM = A dY Aᵀ
/// - dU = Vᵀ dM at each point, summed over all tiles; dg = Gᵀ dU G, once a step
/// - dV = dM Uᵀ at each point
/// - dD = B dV Bᵀ, added to where the patches came from: they overlap
///
/// The transposed maps of the forward pass take as few tiles as it does; a convolution of dY by the
/// flipped filters would take more.
struct WinogradConvolution<Tile: WinogradTile>: Sendable {
    let shape: ConvolutionShape
    private let tileRows: Int
    private let tileColumns: Int
    /// Channels in whole vectors; what is beyond the channels is never read.
    private let inputs: Int
    private let outputs: Int
    /// From tile to tile in V and M.
    ///
    /// Sixteen floats more than there are, so that equal points of neighboring tiles do not fall
    /// into the same set of the cache.
    private let inputStride: Int
    private let outputStride: Int
    private let blockTiles: Int

    init(_ shape: ConvolutionShape) {
        self.shape = shape
        tileRows = (shape.outputHeight + Tile.outputSize - 1) / Tile.outputSize
        tileColumns = (shape.outputWidth + Tile.outputSize - 1) / Tile.outputSize
        inputs = wholeVectors(shape.inputChannels)
        outputs = wholeVectors(shape.outputChannels)
        inputStride = Tile.pointCount * inputs + 16
        outputStride = Tile.pointCount * outputs + 16
        // V and M of a block stay in the second-level cache, and its products are small ones.
        let cached = 320 * 1024 / (inputStride + outputStride)
        let small = BLAS.smallProduct / (shape.inputChannels * shape.outputChannels)
        blockTiles = max(8, min(50, cached, max(small, 24)))
    }

    /// Whether the algorithm computes convolutions of this shape.
    static func supports(_ shape: ConvolutionShape) -> Bool {
        shape.kernelHeight == 3 && shape.kernelWidth == 3 && shape.stride == 1 && shape.groups == 1
    }

    /// Multiply-adds of the products of one image: a matrix product at each point.
    var productMultiplyAdds: Int { tileRows * tileColumns * sumCount }

    // MARK: - Filters

    /// U, and for the backward pass Uᵀ of each point behind it.
    func preparedCount(forBackward: Bool) -> Int {
        (forBackward ? 2 : 1) * sumCount
    }

    /// dU.
    var sumCount: Int { Tile.pointCount * shape.inputChannels * shape.outputChannels }

    func prepare(
        filters: UnsafePointer<Float>, into prepared: UnsafeMutablePointer<Float>,
        forBackward: Bool, pool: ThreadPool
    ) {
        pool.split(shape.inputChannels, with: (self, filters, prepared)) { context, _, range in
            let (convolution, filters, prepared) = context
            convolution.transformFilters(filters, into: prepared, of: range)
        }
        guard forBackward else { return }
        pool.split(Tile.pointCount, with: (self, prepared)) { context, _, points in
            let (convolution, prepared) = context
            let shape = convolution.shape
            for point in points {
                let matrix = prepared + point * shape.inputChannels * shape.outputChannels
                transpose(
                    matrix, rows: shape.inputChannels, columns: shape.outputChannels,
                    into: matrix + convolution.sumCount)
            }
        }
    }

    /// U = G g Gᵀ of the filters of some input channels.
    private func transformFilters(
        _ filters: UnsafePointer<Float>, into transformed: UnsafeMutablePointer<Float>,
        of inputChannels: Range<Int>
    ) {
        let matrix = shape.inputChannels * shape.outputChannels
        withSquare { square in
            for row in inputChannels {
                forEachVector(shape.outputChannels) { channel, lanes in
                    let index = row * shape.outputChannels + channel
                    Tile.Filter.applyToSquare(
                        { filters.vector(at: ($0 * 3 + $1) * matrix + index, lanes: lanes) },
                        {
                            let point = $0 * Tile.inputSize + $1
                            transformed.store($2, at: point * matrix + index, lanes: lanes)
                        }, square: square)
                }
            }
        }
    }

    /// dg = Gᵀ dU G, where dU is the sum of what the workers have.
    func finish(
        _ sums: WorkerSums, into filterGradient: UnsafeMutablePointer<Float>, pool: ThreadPool
    ) {
        pool.split(shape.inputChannels, with: (self, sums, filterGradient)) { context, _, range in
            let (convolution, sums, filterGradient) = context
            convolution.finish(sums, into: filterGradient, of: range)
        }
    }

    private func finish(
        _ sums: WorkerSums, into filterGradient: UnsafeMutablePointer<Float>,
        of inputChannels: Range<Int>
    ) {
        let matrix = shape.inputChannels * shape.outputChannels
        withSquare { square in
            for row in inputChannels {
                forEachVector(shape.outputChannels) { channel, lanes in
                    let index = row * shape.outputChannels + channel
                    Tile.FilterAdjoint.applyToSquare(
                        {
                            let point = $0 * Tile.inputSize + $1
                            return sums.total(at: point * matrix + index, lanes: lanes)
                        },
                        {
                            filterGradient.store(
                                $2, at: ($0 * 3 + $1) * matrix + index, lanes: lanes)
                        }, square: square)
                }
            }
        }
    }

    /// Room for one square of vectors on the stack, 3 times n.
    @inline(__always)
    private func withSquare(_ body: (UnsafeMutablePointer<Float>) -> Void) {
        withUnsafeTemporaryAllocation(
            of: Float.self, capacity: 3 * Tile.inputSize * Vector.scalarCount
        ) { square in
            if let start = square.baseAddress { body(start) }
        }
    }

    // MARK: - Images

    /// V and M of a block, a patch, and one square of vectors for the transforms.
    var scratchCount: Int {
        blockTiles * (inputStride + outputStride)
            + Tile.pointCount * (max(inputs, outputs) + Vector.scalarCount)
    }

    private struct Scratch {
        let v: UnsafeMutablePointer<Float>
        let m: UnsafeMutablePointer<Float>
        let square: UnsafeMutablePointer<Float>
        let patch: UnsafeMutablePointer<Float>
    }

    private func divide(_ scratch: UnsafeMutablePointer<Float>) -> Scratch {
        let m = scratch + blockTiles * inputStride
        let square = m + blockTiles * outputStride
        return Scratch(
            v: scratch, m: m, square: square,
            patch: square + Tile.pointCount * Vector.scalarCount)
    }

    func forward(
        input: UnsafePointer<Float>, images: Int, prepared: UnsafePointer<Float>,
        scratch: UnsafeMutablePointer<Float>, write: (OutputPatch) -> Void
    ) {
        let scratch = divide(scratch)
        let (v, m) = (scratch.v, scratch.m)
        forEachBlock(images) { tiles in
            for index in tiles {
                transformInput(
                    tile(index), of: input, into: v + (index - tiles.lowerBound) * inputStride,
                    scratch)
            }
            for point in 0..<Tile.pointCount {
                let product = GEMM(
                    rows: tiles.count, columns: shape.outputChannels, depth: shape.inputChannels,
                    strideA: inputStride, strideC: outputStride)
                product(
                    v + point * inputs,
                    prepared + point * shape.inputChannels * shape.outputChannels,
                    m + point * outputs)
            }
            for index in tiles {
                let tile = tile(index)
                transformOutput(m + (index - tiles.lowerBound) * outputStride, scratch)
                write(outputPatch(tile, at: scratch.patch))
            }
        }
    }

    func backward(
        input: UnsafePointer<Float>, images: Int, prepared: UnsafePointer<Float>,
        sums: UnsafeMutablePointer<Float>, inputGradient: UnsafeMutablePointer<Float>?,
        scratch: UnsafeMutablePointer<Float>, read: (OutputPatch) -> Void
    ) {
        let scratch = divide(scratch)
        let (v, m) = (scratch.v, scratch.m)
        let matrix = shape.inputChannels * shape.outputChannels
        forEachBlock(images) { tiles in
            for index in tiles {
                let tile = tile(index)
                let position = index - tiles.lowerBound
                transformInput(tile, of: input, into: v + position * inputStride, scratch)
                let patch = outputPatch(tile, at: scratch.patch)
                if isPartial(patch) {
                    scratch.patch.update(repeating: 0, count: Tile.pointCount * outputs)
                }
                read(patch)
                transformOutputGradient(into: m + position * outputStride, scratch)
            }
            for point in 0..<Tile.pointCount {
                let product = GEMM(
                    rows: shape.inputChannels, columns: shape.outputChannels, depth: tiles.count,
                    transposesA: true, strideA: inputStride, strideB: outputStride, beta: 1)
                product(v + point * inputs, m + point * outputs, sums + point * matrix)
            }

            guard let inputGradient else { return }
            for point in 0..<Tile.pointCount {
                let product = GEMM(
                    rows: tiles.count, columns: shape.inputChannels, depth: shape.outputChannels,
                    strideA: outputStride, strideC: inputStride)
                product(
                    m + point * outputs, prepared + sumCount + point * matrix, v + point * inputs)
            }
            for index in tiles {
                let tile = tile(index)
                if tile.row == 0, tile.column == 0 {
                    let start = inputGradient + tile.image * shape.inputCount
                    start.update(repeating: 0, count: shape.inputCount)
                }
                addInputGradient(
                    v + (index - tiles.lowerBound) * inputStride, of: tile, to: inputGradient,
                    scratch)
            }
        }
    }

    // MARK: - Tiles

    /// Where a tile begins in the output of which image.
    private struct Place {
        let image: Int
        let row: Int
        let column: Int
    }

    private func tile(_ index: Int) -> Place {
        let (image, tile) = index.quotientAndRemainder(dividingBy: tileRows * tileColumns)
        let (row, column) = tile.quotientAndRemainder(dividingBy: tileColumns)
        return Place(image: image, row: row * Tile.outputSize, column: column * Tile.outputSize)
    }

    /// Divides all tiles into blocks of nearly equal size.
    @inline(__always)
    private func forEachBlock(_ images: Int, _ body: (Range<Int>) -> Void) {
        let count = images * tileRows * tileColumns
        let blocks = (count + blockTiles - 1) / blockTiles
        for block in 0..<blocks {
            body(count * block / blocks..<count * (block + 1) / blocks)
        }
    }

    private func outputPatch(
        _ tile: Place, at start: UnsafeMutablePointer<Float>
    ) -> OutputPatch {
        let size = Tile.outputSize
        return OutputPatch(
            start: start, rowStride: size * outputs, pixelStride: outputs, image: tile.image,
            rows: tile.row..<min(tile.row + size, shape.outputHeight),
            columns: tile.column..<min(tile.column + size, shape.outputWidth))
    }

    /// Whether something of the tile's memory does not belong to the output.
    private func isPartial(_ patch: OutputPatch) -> Bool {
        patch.rows.count < Tile.outputSize || patch.columns.count < Tile.outputSize
            || outputs > shape.outputChannels
    }

    /// The part of the input that a tile sees, and how much of it lies inside the image.
    private struct InputWindow {
        let top: Int
        let left: Int
        let rows: Range<Int>
        let columns: Range<Int>
    }

    private func inputWindow(_ tile: Place) -> InputWindow {
        let top = tile.row - shape.paddingTop
        let left = tile.column - shape.paddingLeft
        func inside(_ start: Int, _ length: Int) -> Range<Int> {
            let first = min(max(start, 0), length)
            return first..<max(first, min(start + Tile.inputSize, length))
        }
        return InputWindow(
            top: top, left: left, rows: inside(top, shape.inputHeight),
            columns: inside(left, shape.inputWidth))
    }

    /// Whether the transforms can read and write the image itself.
    private func isWhole(_ window: InputWindow) -> Bool {
        window.rows.count == Tile.inputSize && window.columns.count == Tile.inputSize
            && inputs == shape.inputChannels
    }

    // MARK: - Transforms

    /// V = Bᵀ D B.
    private func transformInput(
        _ tile: Place, of input: UnsafePointer<Float>, into v: UnsafeMutablePointer<Float>,
        _ scratch: Scratch
    ) {
        let image = input + tile.image * shape.inputCount
        let window = inputWindow(tile)
        if isWhole(window) {
            let start = image + (window.top * shape.inputWidth + window.left) * inputs
            transformInput(start, rowStride: shape.inputWidth * inputs, into: v, scratch)
            return
        }
        let patch = scratch.patch
        patch.update(repeating: 0, count: Tile.pointCount * inputs)
        forEachPixel(window) { pixel, place in
            (patch + place).update(from: image + pixel, count: shape.inputChannels)
        }
        transformInput(patch, rowStride: Tile.inputSize * inputs, into: v, scratch)
    }

    private func transformInput(
        _ source: UnsafePointer<Float>, rowStride: Int, into v: UnsafeMutablePointer<Float>,
        _ scratch: Scratch
    ) {
        for channel in stride(from: 0, to: inputs, by: Vector.scalarCount) {
            let source = source + channel
            let v = v + channel
            Tile.Input.applyToSquare(
                { source.vector(at: $0 * rowStride + $1 * inputs) },
                { v.store($2, at: ($0 * Tile.inputSize + $1) * inputs) },
                square: scratch.square)
        }
    }

    /// dD = B dV Bᵀ, added to the gradient of the input.
    private func addInputGradient(
        _ v: UnsafePointer<Float>, of tile: Place, to gradient: UnsafeMutablePointer<Float>,
        _ scratch: Scratch
    ) {
        let image = gradient + tile.image * shape.inputCount
        let window = inputWindow(tile)
        if isWhole(window) {
            let start = image + (window.top * shape.inputWidth + window.left) * inputs
            addInputGradient(v, to: start, rowStride: shape.inputWidth * inputs, scratch)
            return
        }
        let patch = scratch.patch
        patch.update(repeating: 0, count: Tile.pointCount * inputs)
        addInputGradient(v, to: patch, rowStride: Tile.inputSize * inputs, scratch)
        forEachPixel(window) { pixel, place in
            accumulate(patch + place, into: image + pixel, count: shape.inputChannels)
        }
    }

    private func addInputGradient(
        _ v: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>, rowStride: Int,
        _ scratch: Scratch
    ) {
        for channel in stride(from: 0, to: inputs, by: Vector.scalarCount) {
            let v = v + channel
            let target = target + channel
            Tile.InputAdjoint.applyToSquare(
                { v.vector(at: ($0 * Tile.inputSize + $1) * inputs) },
                {
                    let place = $0 * rowStride + $1 * inputs
                    target.store(target.vector(at: place) + $2, at: place)
                }, square: scratch.square)
        }
    }

    /// Calls `body` with the places of all pixels of a window that lie inside the image: in the
    /// image, and in a patch of n x n.
    @inline(__always)
    private func forEachPixel(_ window: InputWindow, _ body: (_ pixel: Int, _ place: Int) -> Void) {
        for row in window.rows {
            for column in window.columns {
                body(
                    (row * shape.inputWidth + column) * shape.inputChannels,
                    ((row - window.top) * Tile.inputSize + column - window.left) * inputs)
            }
        }
    }

    /// Y = Aᵀ M A.
    private func transformOutput(
        _ m: UnsafePointer<Float>, _ scratch: Scratch
    ) {
        for channel in stride(from: 0, to: outputs, by: Vector.scalarCount) {
            let m = m + channel
            let patch = scratch.patch + channel
            Tile.Output.applyToSquare(
                { m.vector(at: ($0 * Tile.inputSize + $1) * outputs) },
                { patch.store($2, at: ($0 * Tile.outputSize + $1) * outputs) },
                square: scratch.square)
        }
    }

    /// dM = A dY Aᵀ.
    private func transformOutputGradient(
        into m: UnsafeMutablePointer<Float>, _ scratch: Scratch
    ) {
        for channel in stride(from: 0, to: outputs, by: Vector.scalarCount) {
            let patch = scratch.patch + channel
            let m = m + channel
            Tile.OutputAdjoint.applyToSquare(
                { patch.vector(at: ($0 * Tile.outputSize + $1) * outputs) },
                { m.store($2, at: ($0 * Tile.inputSize + $1) * outputs) },
                square: scratch.square)
        }
    }
}
