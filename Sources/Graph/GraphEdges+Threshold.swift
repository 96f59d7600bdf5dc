import Kernels
import Synchronization
import Tensor

extension GraphEdges {
    /// The bytes of an edge, which has a target and a weight at both of its songs.
    private static let bytesPerEdge =
        2 * (MemoryLayout<UInt32>.stride + MemoryLayout<Double>.stride)

    /// Joins songs whose distance is below a threshold, or whose cosine is above it.
    ///
    /// Counts the edges of a few songs first, then those of all, and writes them at last.
    ///
    /// - Parameters:
    ///   - threshold: The threshold.
    ///   - metric: Whether it is one of distances or of cosines.
    ///   - count: The number of songs.
    ///   - vectors: Makes their vectors, of the length 1 for cosines.
    ///   - allowedBytes: How much memory the edges may take.
    ///   - pool: The threads that share the work.
    ///   - progress: Called with the number of songs that are done.
    /// - Throws: `GraphError` if the edges would take more; what `progress` throws.
    init(
        threshold: Double, metric: Metric, count: Int, vectors: () -> FeatureMatrix,
        allowedBytes: Int, _ pool: ThreadPool, progress: (Int) throws -> Void
    ) throws {
        require(threshold.isFinite, "a threshold is a number, not \(threshold)")
        func check(edges: Int) throws {
            let bytes = edges * Self.bytesPerEdge
            guard bytes <= allowedBytes else {
                throw GraphError.tooLarge(edges: edges, bytes: bytes, allowed: allowedBytes)
            }
        }
        guard count > 0 else {
            offsets = StoredArray([0])
            targets = StoredArray([])
            weights = .double(StoredArray([]))
            return
        }
        let index = NeighborIndex(vectors(), excludesOrigin: false, pool: pool)
        let search = RangeSearch(
            tree: index.tree,
            test: metric == .cosine ? .cosineAbove(threshold) : .distanceBelow(threshold))
        try check(edges: Self.estimatedEdges(search, pool))

        var degrees = [Int](repeating: 0, count: count)
        try degrees.withUnsafeMutableBufferPointer { degrees in
            guard let start = degrees.baseAddress else { return }
            let degrees = UncheckedPointer(start)
            try index.forEachLeaf(pool, songs: 0...count / 2, progress: progress) { leaf, memory in
                for place in search.tree.places(ofLeaf: leaf) {
                    degrees.start[Int(search.tree.rows[place])] = search.count(
                        at: place, memory: memory)
                }
            }
        }
        let offsets = Self.offsets(of: degrees)
        let total = offsets[count]
        try check(edges: total / 2)

        var weights = StoredArray<Double>([])
        targets = try StoredArray(unsafeUninitializedCapacity: total) { targets in
            weights = try StoredArray(unsafeUninitializedCapacity: total) { weights in
                guard let targets = targets.baseAddress.map(UncheckedPointer.init),
                    let weights = weights.baseAddress.map(UncheckedPointer.init)
                else { return }
                try index.forEachLeaf(
                    pool, songs: count / 2...count, progress: progress
                ) { leaf, memory in
                    for place in search.tree.places(ofLeaf: leaf) {
                        let edge = offsets[Int(search.tree.rows[place])]
                        search.writeEdges(
                            of: place, memory, targets: targets.start + edge,
                            weights: weights.start + edge)
                    }
                }
            }
        }
        self.offsets = offsets
        self.weights = .double(weights)
    }

    /// The number of edges, counted at some hundred songs from all parts of the tree.
    private static func estimatedEdges(_ search: RangeSearch, _ pool: ThreadPool) -> Int {
        let count = search.tree.count
        let sample = min(count, 512)
        let sum = Atomic(0)
        pool.split(sample) { _, range in
            let memory = SearchMemory(dimensions: search.tree.dimensions)
            defer { memory.deallocate() }
            for number in range {
                let place = number * count / sample
                sum.wrappingAdd(search.count(at: place, memory: memory), ordering: .relaxed)
            }
        }
        let perSong = Double(sum.load(ordering: .relaxed)) / Double(sample)
        return Int(perSong * Double(count) / 2)
    }
}

extension RangeSearch {
    /// Writes the edges of a point in the order of the rows at their other ends.
    fileprivate func writeEdges(
        of place: Int, _ memory: SearchMemory, targets: UnsafeMutablePointer<UInt32>,
        weights: UnsafeMutablePointer<Double>
    ) {
        var ends: [UInt64] = []
        forEachEdge(at: place, memory: memory) {
            ends.append(UInt64(tree.rows[$0]) << 32 | UInt64($0))
        }
        ends.sort()
        for (edge, end) in ends.enumerated() {
            targets[edge] = UInt32(end >> 32)
            weights[edge] = weight(place, Int(UInt32(truncatingIfNeeded: end))) ?? .nan
        }
    }
}
