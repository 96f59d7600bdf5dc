import Kernels

extension SongGraph {
    /// Builds the graph of songs.
    ///
    /// - Parameters:
    ///   - recipe: Which edges it has.
    ///   - features: The songs.
    ///   - threads: The number of threads that share the work; by default as many as there are
    ///     processors. The graph does not depend on it.
    ///   - progress: Called now and then on the thread of the caller with the number of songs whose
    ///     neighbors are known; what it throws ends the work.
    /// - Returns: The graph.
    /// - Throws: `GraphError` if the songs have no features, or if the graph would not fit, with an
    ///   estimate of what it takes; whatever `progress` throws.
    public static func build(
        _ recipe: Recipe, over features: SongFeatures, threads: Int? = nil,
        progress: (_ completed: Int, _ total: Int) throws -> Void = { _, _ in }
    ) throws -> SongGraph {
        let space = try FeatureSpace(recipe.features, fitting: features, threads: threads)
        let matrix = space.matrix(of: features, threads: threads)
        return try build(
            recipe, in: space, over: matrix, featuresChecksum: features.checksum,
            threads: threads, progress: progress)
    }

    /// To be replaced: compares every pair.
    static func build(
        _ recipe: Recipe, in space: FeatureSpace, over matrix: FeatureMatrix,
        featuresChecksum: UInt32, threads: Int?,
        progress: (_ completed: Int, _ total: Int) throws -> Void
    ) throws -> SongGraph {
        let vectors = (0..<matrix.count).map { matrix[$0] }
        var edges = [[Int: Double]](repeating: [:], count: matrix.count)
        var nearest = [Set<Int>](repeating: [], count: matrix.count)
        for row in vectors.indices {
            try progress(row, matrix.count)
            let others = vectors.indices.filter { $0 != row }.map {
                (row: $0, weight: recipe.metric.weight(vectors[row], vectors[$0]))
            }
            switch recipe.rule {
            case .nearest(let count, _):
                let sign: Double = recipe.metric == .cosine ? -1 : 1
                let sorted = others.sorted {
                    (sign * $0.weight, $0.row) < (sign * $1.weight, $1.row)
                }
                for other in sorted.prefix(count) {
                    nearest[row].insert(other.row)
                    edges[row][other.row] = other.weight
                    edges[other.row][row] = other.weight
                }
            case .threshold(let threshold):
                for (other, weight) in others
                where recipe.metric == .cosine ? weight > threshold : weight < threshold {
                    edges[row][other] = weight
                }
            }
        }
        if case .nearest(_, mutual: true) = recipe.rule {
            for row in edges.indices {
                edges[row] = edges[row].filter {
                    nearest[row].contains($0.key) && nearest[$0.key].contains(row)
                }
            }
        }
        var offsets = [0]
        var targets: [UInt32] = []
        var weights: [Double] = []
        var strengths: [Double] = []
        var isNearest = false
        if case .nearest = recipe.rule { isNearest = true }
        for row in edges {
            let sorted = row.sorted { $0.key < $1.key }
            targets += sorted.map { UInt32($0.key) }
            weights += sorted.map(\.value)
            strengths.append(
                sorted.reduce(0) {
                    $0 + recipe.metric.similarity(isNearest ? Double(Float($1.value)) : $1.value)
                })
            offsets.append(targets.count)
        }
        let stored: EdgeWeights
        if case .nearest = recipe.rule {
            stored = .float(StoredArray(weights.map(Float.init)))
        } else {
            stored = .double(StoredArray(weights))
        }
        return SongGraph(
            recipe: recipe, space: space, featuresChecksum: featuresChecksum,
            offsets: StoredArray(offsets), targets: StoredArray(targets),
            weights: stored, strengths: StoredArray(strengths))
    }
}
