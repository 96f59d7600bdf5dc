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
        limitBLASToOneThread
        cblas_sgemm(
            CblasRowMajor,
            transposesA ? CblasTrans : CblasNoTrans,
            transposesB ? CblasTrans : CblasNoTrans,
            blasint(rows), blasint(columns), blasint(depth),
            alpha, a, blasint(strideA), b, blasint(strideB), beta, c, blasint(strideC))
    }
}

/// What OpenBLAS says of itself: version, options and the processor whose kernels it picked.
///
/// Results are the same bits from run to run only where this text is the same.
package var blasConfiguration: String {
    guard let text = openblas_get_config() else { return "unknown" }
    return String(cString: text).trimmed
}

extension String {
    fileprivate var trimmed: String {
        split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
