import Kernels
import Tensor

extension GraphEdges {
    /// Joins each song to its nearest ones.
    ///
    /// - Parameters:
    ///   - neighbors: How many.
    ///   - isMutual: Whether both have to be among the nearest of the other.
    ///   - metric: What is near; of two songs as near, the one in the lower row.
    ///   - count: The number of songs.
    ///   - vectors: Makes their vectors, of the length 1 for cosines.
    ///   - allowedBytes: How much memory the edges may take.
    ///   - pool: The threads that share the work.
    ///   - progress: Called with the number of songs whose nearest are known.
    /// - Throws: `GraphError` if the edges would take more; what `progress` throws.
    init(
        nearest neighbors: Int, isMutual: Bool, metric: Metric, count: Int,
        vectors: () -> FeatureMatrix, allowedBytes: Int, _ pool: ThreadPool,
        progress: (Int) throws -> Void
    ) throws {
        require(neighbors > 0, "a graph of the \(neighbors) nearest songs has no edges")
        let width = max(min(neighbors, count - 1), 0)
        // The table of the nearest, and the edges if none is mutual, or all are.
        let bytes = count * width * (9 + (isMutual ? 8 : 16))
        guard bytes <= allowedBytes else {
            throw GraphError.tooManyNeighbors(
                edges: count * width, bytes: bytes, allowed: allowedBytes)
        }
        let nearest = NearestRows(count: count, width: width)
        if width > 0 {
            let index = NeighborIndex(vectors(), excludesOrigin: metric == .cosine, pool: pool)
            try nearest.fill(from: index, metric: metric, pool, progress: progress)
        }
        self = isMutual ? nearest.mutualEdges(pool) : nearest.allEdges(pool)
    }
}

/// The nearest rows of each row.
private final class NearestRows {
    private let table: NeighborTable
    /// `[count, width]`: whether the one is among the nearest of the other, too.
    private let isMutual: UnsafeMutablePointer<Bool>

    init(count: Int, width: Int) {
        table = NeighborTable(
            count: count, width: width, rows: .allocate(capacity: count * width),
            weights: .allocate(capacity: count * width))
        isMutual = .allocate(capacity: count * width)
    }

    deinit {
        table.rows.deallocate()
        table.weights.deallocate()
        isMutual.deallocate()
    }

    /// Finds the nearest of all rows.
    func fill(
        from index: NeighborIndex, metric: Metric, _ pool: ThreadPool,
        progress: (Int) throws -> Void
    ) throws {
        let table = table
        let search = NearestSearch(
            tree: index.tree, cost: metric == .cosine ? .cosineDistance : .squaredDistance,
            neighbors: table.width)
        let others = index.rowsWithoutDirection
        try index.forEachLeaf(
            pool, neighbors: table.width, songs: 0...table.count, progress: progress
        ) { leaf, memory in
            search.search(leaf: leaf, memory: memory) { row, rows, costs in
                // The cosine to what has no direction is 0, its cost 1.
                var nearer = 0
                while nearer < rows.count,
                    costs[nearer] < 1 || others.isEmpty
                {
                    nearer += 1
                }
                var found = 0
                func add(_ neighbor: UInt32, cost: Double) {
                    guard found < table.width else { return }
                    let weight = metric == .cosine ? 1 - cost : cost.squareRoot()
                    table.insert(neighbor, weight: Float(weight), of: row, found: found)
                    found += 1
                }
                for place in 0..<nearer { add(rows[place], cost: costs[place]) }
                guard found < table.width else { return }
                let level = rows.indices[nearer...].filter { costs[$0] == 1 }.map { rows[$0] }
                for neighbor in (level + others.prefix(table.width)).sorted() {
                    add(neighbor, cost: 1)
                }
                for place in rows.indices[nearer...] where costs[place] > 1 {
                    add(rows[place], cost: costs[place])
                }
                require(
                    found == table.width, "row \(row) has \(found) neighbors of \(table.width)")
            }
        }
        // All songs are as near to those without a direction.
        for row in others.map(Int.init) {
            for place in 0..<table.width {
                let neighbor = place < row ? place : place + 1
                table.insert(UInt32(neighbor), weight: 0, of: row, found: place)
            }
        }
    }

    /// The edges between rows of which both are among the nearest of the other.
    func mutualEdges(_ pool: ThreadPool) -> GraphEdges {
        let (table, isMutual) = (table, UncheckedPointer(isMutual))
        pool.split(table.count) { _, range in table.findMutual(range, into: isMutual.start) }
        let offsets = GraphEdges.offsets(
            of: degrees { table.countMutual(isMutual.start, into: $0) })
        return edges(offsets) { offsets, targets, weights in
            let (targets, weights) = (UncheckedPointer(targets), UncheckedPointer(weights))
            pool.split(table.count) { _, range in
                table.writeMutual(
                    range, isMutual.start, offsets: offsets, targets: targets.start,
                    edgeWeights: weights.start)
            }
        }
    }

    /// The edges between rows of which one is among the nearest of the other.
    func allEdges(_ pool: ThreadPool) -> GraphEdges {
        let (table, isMutual) = (table, UncheckedPointer(isMutual))
        pool.split(table.count) { _, range in table.findMutual(range, into: isMutual.start) }
        let offsets = GraphEdges.offsets(of: degrees { table.countAll(isMutual.start, into: $0) })
        return edges(offsets) { offsets, targets, weights in
            var ends = Array(UnsafeBufferPointer(start: offsets, count: table.count))
            ends.withUnsafeMutableBufferPointer { ends in
                guard let ends = ends.baseAddress else { return }
                table.writeReverse(
                    isMutual.start, ends: ends, targets: targets, edgeWeights: weights)
            }
            let (targets, weights) = (UncheckedPointer(targets), UncheckedPointer(weights))
            pool.split(table.count) { _, range in
                table.mergeNeighbors(
                    range, offsets: offsets, targets: targets.start, edgeWeights: weights.start)
            }
        }
    }

    private func degrees(_ count: (UnsafeMutablePointer<Int>) -> Void) -> [Int] {
        [Int](unsafeUninitializedCapacity: table.count) { degrees, initialized in
            guard let start = degrees.baseAddress else { return }
            degrees.initialize(repeating: 0)
            count(start)
            initialized = table.count
        }
    }

    private func edges(
        _ offsets: StoredArray<Int>,
        _ write: (
            UnsafePointer<Int>, UnsafeMutablePointer<UInt32>, UnsafeMutablePointer<Float>
        ) -> Void
    ) -> GraphEdges {
        let count = offsets[offsets.count - 1]
        var weights = StoredArray<Float>([])
        let targets = StoredArray<UInt32>(unsafeUninitializedCapacity: count) { targets in
            weights = StoredArray(unsafeUninitializedCapacity: count) { weights in
                guard let start = offsets.elements.baseAddress,
                    let targets = targets.baseAddress, let weights = weights.baseAddress
                else { return }
                write(start, targets, weights)
            }
        }
        return GraphEdges(offsets: offsets, targets: targets, weights: .float(weights))
    }
}

/// Memory of which each thread writes a part of its own.
struct UncheckedPointer<Element>: @unchecked Sendable {
    let start: UnsafeMutablePointer<Element>

    init(_ start: UnsafeMutablePointer<Element>) { self.start = start }
}
