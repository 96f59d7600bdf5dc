import COpenBLAS

/// One matrix product: `C = alpha * op(A) op(B) + beta * C`, all row-major.
///
/// `op(A)` is `[rows, depth]`, `op(B)` is `[depth, columns]`, `C` is `[rows, columns]`. A stride is
/// the distance in floats between the starts of two rows as they lie in memory.
package struct GEMM {
    package var rows: Int
    package var columns: Int
    package var depth: Int
    package var transposesA = false
    package var transposesB = false
    package var strideA: Int
    package var strideB: Int
    package var strideC: Int
    package var alpha: Float = 1
    package var beta: Float = 0

    /// A product of matrices that lie densely in memory, unless strides are given.
    package init(
        rows: Int, columns: Int, depth: Int,
        transposesA: Bool = false, transposesB: Bool = false,
        strideA: Int? = nil, strideB: Int? = nil, strideC: Int? = nil,
        alpha: Float = 1, beta: Float = 0
    ) {
        self.rows = rows
        self.columns = columns
        self.depth = depth
        self.transposesA = transposesA
        self.transposesB = transposesB
        self.strideA = strideA ?? (transposesA ? rows : depth)
        self.strideB = strideB ?? (transposesB ? depth : columns)
        self.strideC = strideC ?? columns
        self.alpha = alpha
        self.beta = beta
    }

    /// Runs the product on one thread.
    package func callAsFunction(
        _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ c: UnsafeMutablePointer<Float>
    ) {
        guard rows > 0, columns > 0 else { return }
        if isNarrow { return multiplyNarrow(a, b, c) }
        if rows == 1, !transposesA { return multiplyRow(a, b, c) }
        let panel = panelColumns
        if panel >= columns { return multiply(a, b, c, columns: columns) }
        for start in stride(from: 0, to: columns, by: panel) {
            multiply(
                a, b + (transposesB ? start * strideB : start), c + start,
                columns: min(panel, columns - start))
        }
    }

    /// How many columns to compute at once: as many as keep the product small, if that leaves
    /// enough to be worth it.
    private var panelColumns: Int {
        let products = rows * depth
        guard BLAS.shared.hasSmallKernels, products * columns > BLAS.smallProduct else {
            return columns
        }
        let panel = BLAS.smallProduct / products / 32 * 32
        return panel > 0 ? panel : columns
    }

    /// Whether the product is left to `multiplyNarrow`: OpenBLAS's kernels for small products
    /// allocate memory for fewer columns than they compute at a time.
    private var isNarrow: Bool {
        columns < 16 && !transposesA && !transposesB && BLAS.shared.hasSmallKernels
    }

    private func multiplyNarrow(
        _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ c: UnsafeMutablePointer<Float>
    ) {
        for row in 0..<rows {
            let a = a + row * strideA
            let c = c + row * strideC
            forEachVector(columns) { column, lanes in
                let b = b + column
                var sum = Vector.zero
                // What follows a short row is the next one; only at the end there is nothing.
                let rest = (Vector.scalarCount - lanes + strideB - 1) / strideB
                let wholeDepth = max(0, depth - rest)
                for index in 0..<wholeDepth { sum += b.vector(at: index &* strideB) * a[index] }
                for index in wholeDepth..<depth {
                    sum += b.vector(at: index * strideB, lanes: lanes) * a[index]
                }
                let old = beta == 0 ? .zero : c.vector(at: column, lanes: lanes) * beta
                c.store(old + sum * alpha, at: column, lanes: lanes)
            }
        }
    }

    /// One row times a matrix, which is read once from one end to the other: twice as fast as the
    /// kernels for matrices, where it does not lie in the nearest caches.
    private func multiplyRow(
        _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ c: UnsafeMutablePointer<Float>
    ) {
        // Some versions of OpenBLAS multiply what is there by zero, whatever it is.
        if beta == 0 { c.update(repeating: 0, count: columns) }
        cblas_sgemv(
            CblasRowMajor, transposesB ? CblasNoTrans : CblasTrans,
            blasint(transposesB ? columns : depth), blasint(transposesB ? depth : columns),
            alpha, b, blasint(strideB), a, 1, beta, c, 1)
    }

    private func multiply(
        _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ c: UnsafeMutablePointer<Float>,
        columns: Int
    ) {
        cblas_sgemm(
            CblasRowMajor,
            transposesA ? CblasTrans : CblasNoTrans,
            transposesB ? CblasTrans : CblasNoTrans,
            blasint(rows), blasint(columns), blasint(depth),
            alpha, a, blasint(strideA), b, blasint(strideB), beta, c, blasint(strideC))
    }
}
