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
    /// Channels in whole vectors; what is beyond the channels never reaches a result.
    private let inputs: Int
    private let outputs: Int
    /// From tile to tile in V and M.
    ///
    /// Sixteen floats more than there are, so that equal points of neighboring tiles do not fall
    /// into the same set of the cache.
    private let inputStride: Int
    private let outputStride: Int
    private let blockTiles: Int
    /// The largest number of neighboring tiles whose input is transformed together.
    private let runTiles: Int

    init(_ shape: ConvolutionShape) {
        self.shape = shape
        tileRows = (shape.outputHeight + Tile.outputSize - 1) / Tile.outputSize
        tileColumns = (shape.outputWidth + Tile.outputSize - 1) / Tile.outputSize
        inputs = wholeVectors(shape.inputChannels)
        outputs = wholeVectors(shape.outputChannels)
        inputStride = Tile.pointCount * inputs + 16
        outputStride = Tile.pointCount * outputs + 16
        blockTiles = Self.blockTiles(
            shape, floatsPerTile: inputStride + outputStride,
            hasSmallKernels: BLAS.shared.hasSmallKernels)
        runTiles = min(tileColumns, 12)
    }

    /// How many tiles to compute at once.
    private static func blockTiles(
        _ shape: ConvolutionShape, floatsPerTile: Int, hasSmallKernels: Bool
    ) -> Int {
        // Other kernels copy U for each block, which pays for many tiles only: V and M of a block
        // then go through the third-level cache. 2.5 MiB were best on Zen 3 (512 KiB of second
        // level, 32 MiB of third); larger ones gain no more.
        guard hasSmallKernels else { return max(8, min(200, 640 * 1024 / floatsPerTile)) }
        // V and M of a block stay in the second-level cache. Its products are small ones, but with
        // few channels no smaller than calling OpenBLAS is worth.
        let cached = 320 * 1024 / floatsPerTile
        let productsPerTile = shape.inputChannels * shape.outputChannels
        let small = max(24, BLAS.smallProduct / productsPerTile)
        let worthwhile = max(50, 100_000 / productsPerTile)
        return max(8, min(100, worthwhile, cached, small))
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
                        { filters.vector(at: ($0 &* 3 &+ $1) &* matrix &+ index, lanes: lanes) },
                        {
                            let point = $0 &* Tile.inputSize &+ $1
                            transformed.store($2, at: point &* matrix &+ index, lanes: lanes)
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
                            let point = $0 &* Tile.inputSize &+ $1
                            return sums.total(at: point &* matrix &+ index, lanes: lanes)
                        },
                        {
                            filterGradient.store(
                                $2, at: ($0 &* 3 &+ $1) &* matrix &+ index, lanes: lanes)
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

    var scratchCount: Int {
        blockTiles * (inputStride + outputStride) + Tile.inputSize * stripStride
            + Self.outputCount * outputs + Tile.pointCount * Vector.scalarCount
    }

    /// A worker's memory.
    private struct Scratch {
        /// V of a block.
        let v: UnsafeMutablePointer<Float>
        /// M of a block.
        let m: UnsafeMutablePointer<Float>
        /// What the tiles of a run see of the input, transformed along its columns only: `[n,
        /// pixels, inputs]`.
        let strip: UnsafeMutablePointer<Float>
        /// A tile of the output, `[m, m, outputs]`.
        let patch: UnsafeMutablePointer<Float>
        /// Room for one square of vectors.
        let square: UnsafeMutablePointer<Float>
    }

    private func divide(_ scratch: UnsafeMutablePointer<Float>) -> Scratch {
        let m = scratch + blockTiles * inputStride
        let strip = m + blockTiles * outputStride
        let patch = strip + Tile.inputSize * stripStride
        return Scratch(
            v: scratch, m: m, strip: strip, patch: patch,
            square: patch + Self.outputCount * outputs)
    }

    /// m²: the number of outputs of a tile.
    private static var outputCount: Int { Tile.outputSize * Tile.outputSize }

    /// From row to row of a strip.
    private var stripStride: Int { (runTiles * Tile.outputSize + 2) * inputs }

    func forward(
        input: UnsafePointer<Float>, images: Int, prepared: UnsafePointer<Float>,
        scratch: UnsafeMutablePointer<Float>, write: (OutputPatch) -> Void
    ) {
        let scratch = divide(scratch)
        let (v, m) = (scratch.v, scratch.m)
        forEachBlock(images) { tiles in
            forEachRun(of: tiles) { run in
                transformInput(run, of: input, into: v + run.position * inputStride, scratch)
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
            forEachRun(of: tiles) { run in
                transformInput(run, of: input, into: v + run.position * inputStride, scratch)
            }
            for index in tiles {
                let patch = outputPatch(tile(index), at: scratch.patch)
                if isPartial(patch) {
                    scratch.patch.update(repeating: 0, count: Self.outputCount * outputs)
                }
                read(patch)
                transformOutputGradient(
                    into: m + (index - tiles.lowerBound) * outputStride, scratch)
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
            forEachRun(of: tiles) { run in
                if run.first.row == 0, run.first.column == 0 {
                    let start = inputGradient + run.first.image * shape.inputCount
                    start.update(repeating: 0, count: shape.inputCount)
                }
                addInputGradient(
                    v + run.position * inputStride, of: run, to: inputGradient, scratch)
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

    /// Neighboring tiles of one row of tiles.
    private struct Run {
        let first: Place
        let count: Int
        /// The place of the first tile in the block.
        let position: Int
    }

    /// Divides the tiles of a block into runs.
    @inline(__always)
    private func forEachRun(of tiles: Range<Int>, _ body: (Run) -> Void) {
        var index = tiles.lowerBound
        while index < tiles.upperBound {
            let restOfRow = tileColumns - index % tileColumns
            let count = min(restOfRow, runTiles, tiles.upperBound - index)
            body(Run(first: tile(index), count: count, position: index - tiles.lowerBound))
            index += count
        }
    }

    // MARK: - Transforms

    /// V = Bᵀ D B of a run of tiles.
    ///
    /// Patches of neighboring tiles overlap by two columns, so Bᵀ is applied to the columns of the
    /// whole run first. What lies outside of the image is zero.
    private func transformInput(
        _ run: Run, of input: UnsafePointer<Float>, into v: UnsafeMutablePointer<Float>,
        _ scratch: Scratch
    ) {
        let stripStride = stripStride
        let image = input + run.first.image * shape.inputCount
        let rowStride = shape.inputWidth * shape.inputChannels
        let inside = rowsInside(run)
        forEachStripColumn(of: run) { pixel, place in
            let strip = scratch.strip + place
            guard let pixel else {
                for row in 0..<Tile.inputSize {
                    (strip + row * stripStride).update(repeating: 0, count: inputs)
                }
                return
            }
            let source = image + pixel
            if inside.count == Tile.inputSize {
                forEachVector(shape.inputChannels) { channel, lanes in
                    Tile.Input.apply(
                        { source.vector(at: $0 &* rowStride &+ channel, lanes: lanes) },
                        { strip.store($1, at: $0 &* stripStride &+ channel) })
                }
            } else {
                forEachVector(shape.inputChannels) { channel, lanes in
                    Tile.Input.apply(
                        {
                            inside.contains($0)
                                ? source.vector(at: $0 &* rowStride &+ channel, lanes: lanes)
                                : .zero
                        },
                        { strip.store($1, at: $0 &* stripStride &+ channel) })
                }
            }
        }
        for tile in 0..<run.count {
            for row in 0..<Tile.inputSize {
                let strip =
                    scratch.strip + (row * stripStride + tile * Tile.outputSize * inputs)
                let v = v + (tile * inputStride + row * Tile.inputSize * inputs)
                for channel in stride(from: 0, to: inputs, by: Vector.scalarCount) {
                    Tile.Input.apply(
                        { strip.vector(at: $0 &* inputs &+ channel) },
                        { v.store($1, at: $0 &* inputs &+ channel) })
                }
            }
        }
    }

    /// dD = B dV Bᵀ of a run of tiles, added to the gradient of the input.
    private func addInputGradient(
        _ v: UnsafePointer<Float>, of run: Run, to gradient: UnsafeMutablePointer<Float>,
        _ scratch: Scratch
    ) {
        let stripStride = stripStride
        for row in 0..<Tile.inputSize {
            let strip = scratch.strip + row * stripStride
            strip.update(repeating: 0, count: stripPixels(of: run) * inputs)
            for tile in 0..<run.count {
                let strip = strip + tile * Tile.outputSize * inputs
                let v = v + (tile * inputStride + row * Tile.inputSize * inputs)
                for channel in stride(from: 0, to: inputs, by: Vector.scalarCount) {
                    Tile.InputAdjoint.apply(
                        { v.vector(at: $0 &* inputs &+ channel) },
                        { strip.add($1, at: $0 &* inputs &+ channel) })
                }
            }
        }
        let image = gradient + run.first.image * shape.inputCount
        let rowStride = shape.inputWidth * shape.inputChannels
        let inside = rowsInside(run)
        forEachStripColumn(of: run) { pixel, place in
            guard let pixel else { return }
            let strip = scratch.strip + place
            let target = image + pixel
            if inside.count == Tile.inputSize {
                forEachVector(shape.inputChannels) { channel, lanes in
                    Tile.InputAdjoint.apply(
                        { strip.vector(at: $0 &* stripStride &+ channel) },
                        { target.add($1, at: $0 &* rowStride &+ channel, lanes: lanes) })
                }
            } else {
                forEachVector(shape.inputChannels) { channel, lanes in
                    Tile.InputAdjoint.apply(
                        { strip.vector(at: $0 &* stripStride &+ channel) },
                        {
                            guard inside.contains($0) else { return }
                            target.add($1, at: $0 &* rowStride &+ channel, lanes: lanes)
                        })
                }
            }
        }
    }

    /// The rows of a run's patches that lie inside of the image.
    private func rowsInside(_ run: Run) -> Range<Int> {
        let top = run.first.row - shape.paddingTop
        let first = min(max(-top, 0), Tile.inputSize)
        return first..<max(first, min(Tile.inputSize, shape.inputHeight - top))
    }

    /// The number of columns that the tiles of a run see.
    private func stripPixels(of run: Run) -> Int { run.count * Tile.outputSize + 2 }

    /// Calls `body` for all columns that the tiles of a run see: where the column's first row lies
    /// in the image, nil outside of it, and where in the strip.
    ///
    /// The first row itself may lie outside; see `rowsInside`.
    @inline(__always)
    private func forEachStripColumn(of run: Run, _ body: (_ pixel: Int?, _ place: Int) -> Void) {
        let top = (run.first.row - shape.paddingTop) * shape.inputWidth
        for index in 0..<stripPixels(of: run) {
            let column = run.first.column - shape.paddingLeft + index
            let isInside = column >= 0 && column < shape.inputWidth
            body(isInside ? (top + column) * shape.inputChannels : nil, index * inputs)
        }
    }

    /// Y = Aᵀ M A.
    private func transformOutput(
        _ m: UnsafePointer<Float>, _ scratch: Scratch
    ) {
        let outputs = outputs
        for channel in stride(from: 0, to: outputs, by: Vector.scalarCount) {
            let m = m + channel
            let patch = scratch.patch + channel
            Tile.Output.applyToSquare(
                { m.vector(at: ($0 &* Tile.inputSize &+ $1) &* outputs) },
                { patch.store($2, at: ($0 &* Tile.outputSize &+ $1) &* outputs) },
                square: scratch.square)
        }
    }

    /// dM = A dY Aᵀ.
    private func transformOutputGradient(
        into m: UnsafeMutablePointer<Float>, _ scratch: Scratch
    ) {
        let outputs = outputs
        for channel in stride(from: 0, to: outputs, by: Vector.scalarCount) {
            let patch = scratch.patch + channel
            let m = m + channel
            Tile.OutputAdjoint.applyToSquare(
                { patch.vector(at: ($0 &* Tile.outputSize &+ $1) &* outputs) },
                { m.store($2, at: ($0 &* Tile.inputSize &+ $1) &* outputs) },
                square: scratch.square)
        }
    }
}
