import Kernels

/// How the edges of a graph lead a walk.
enum EdgeRows {
    case float(SparseRows<Float>)
    case double(SparseRows<Double>)

    /// Writes the sums of rows.
    func sum(_ rows: Range<Int>, into sums: UnsafeMutablePointer<Double>) {
        switch self {
        case .float(let matrix): rowSums(of: matrix, rows: rows, into: sums)
        case .double(let matrix): rowSums(of: matrix, rows: rows, into: sums)
        }
    }

    /// Multiplies rows by a vector.
    func multiply(
        _ rows: Range<Int>, by vector: UnsafePointer<Double>,
        into product: UnsafeMutablePointer<Double>
    ) {
        switch self {
        case .float(let matrix): Kernels.multiply(matrix, rows: rows, by: vector, into: product)
        case .double(let matrix): Kernels.multiply(matrix, rows: rows, by: vector, into: product)
        }
    }
}

extension SongGraph {
    /// Calls the body with the edges as a matrix of what each of them counts.
    func withRows<Result>(
        counting weighting: PersonalizedPageRank.Weighting, _ body: (EdgeRows) throws -> Result
    ) rethrows -> Result? {
        // Pointers into arrays are valid as long as the graph lives.
        defer { withExtendedLifetime(self) {} }
        guard let offsets = offsets.elements.baseAddress,
            let targets = targets.elements.baseAddress
        else { return nil }
        func rows<Weight>(_ weights: StoredArray<Weight>) -> SparseRows<Weight>? {
            weights.elements.baseAddress.map {
                SparseRows(
                    offsets: offsets, targets: targets, weights: $0,
                    element: weighting == .similarity && recipe.metric == .euclidean
                        ? .reciprocal : .positive)
            }
        }
        switch weights {
        case .float(let weights): return try rows(weights).map { try body(.float($0)) }
        case .double(let weights): return try rows(weights).map { try body(.double($0)) }
        }
    }
}
