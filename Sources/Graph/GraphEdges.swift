import Kernels

/// The edges of a graph in compressed sparse rows.
struct GraphEdges {
    /// `[songs + 1]`: where the neighbors of each song begin.
    let offsets: StoredArray<Int>
    /// `[2 edges]`: the neighbors' rows, those of one song in ascending order.
    let targets: StoredArray<UInt32>
    /// `[2 edges]`: the cosine or the distance to each neighbor.
    let weights: EdgeWeights

    /// Where the edges of rows begin that have so many.
    static func offsets(of degrees: [Int]) -> StoredArray<Int> {
        StoredArray(unsafeUninitializedCapacity: degrees.count + 1) { offsets in
            var sum = 0
            for (row, degree) in degrees.enumerated() {
                offsets.initializeElement(at: row, to: sum)
                sum += degree
            }
            offsets.initializeElement(at: degrees.count, to: sum)
        }
    }

    /// `[songs]`: the sum of the similarities to a song's neighbors.
    func strengths(metric: Metric, _ pool: ThreadPool) -> StoredArray<Double> {
        let count = offsets.count - 1
        return StoredArray(unsafeUninitializedCapacity: count) { sums in
            sums.initialize(repeating: 0)
            guard let sums = sums.baseAddress else { return }
            withRows(element: metric == .euclidean ? .reciprocal : .positive) { rows in
                pool.split(count) { _, range in rows.sum(range, into: sums) }
            }
        }
    }

    /// Calls the body with the edges as a matrix, if there are any.
    func withRows<Result>(
        element: SparseRowElement, _ body: (EdgeRows) throws -> Result
    ) rethrows -> Result? {
        // Pointers into arrays are valid as long as the arrays live.
        defer { withExtendedLifetime(self) {} }
        guard let offsets = offsets.elements.baseAddress,
            let targets = targets.elements.baseAddress
        else { return nil }
        let count = self.offsets.count - 1
        func rows<Weight>(_ weights: StoredArray<Weight>) -> SparseRows<Weight>? {
            weights.elements.baseAddress.map {
                SparseRows(
                    count: count, offsets: offsets, targets: targets, weights: $0,
                    element: element)
            }
        }
        switch weights {
        case .float(let weights): return try rows(weights).map { try body(.float($0)) }
        case .double(let weights): return try rows(weights).map { try body(.double($0)) }
        }
    }
}

/// The edges of a graph as a matrix.
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
