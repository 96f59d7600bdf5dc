import Kernels

extension SongGraph {
    /// Builds the graph of songs.
    ///
    /// - Parameters:
    ///   - recipe: Which edges it has.
    ///   - features: The songs.
    ///   - threads: The number of threads that share the work; by default as many as there are
    ///     processors. The graph does not depend on it.
    ///   - allowedBytes: How much memory the edges may take; by default half of what there is.
    ///   - progress: Called now and then on the thread of the caller with the number of songs whose
    ///     neighbors are known; what it throws ends the work.
    /// - Returns: The graph.
    /// - Throws: `GraphError` if the songs have no features, or if the graph would not fit, with an
    ///   estimate of what it takes; whatever `progress` throws.
    public static func build(
        _ recipe: Recipe, over features: SongFeatures, threads: Int? = nil,
        allowedBytes: Int? = nil,
        progress: (_ completed: Int, _ total: Int) throws -> Void = { _, _ in }
    ) throws -> SongGraph {
        let pool = ThreadPool(threads: threads)
        let allowedBytes = allowedBytes ?? MemoryLimit.bytes / 2
        let space = try FeatureSpace(recipe.features, fitting: features, threads: threads)
        // Made where it is used, so that its memory is free again as soon as it can be.
        func vectors() -> FeatureMatrix {
            let matrix = space.matrix(of: features, threads: threads)
            return recipe.metric == .cosine ? matrix.normalized() : matrix
        }
        let edges: GraphEdges =
            switch recipe.rule {
            case .nearest(let count, let isMutual):
                try GraphEdges(
                    nearest: count, isMutual: isMutual, metric: recipe.metric,
                    count: features.count, vectors: vectors, allowedBytes: allowedBytes, pool
                ) { try progress($0, features.count) }
            case .threshold(let threshold):
                try GraphEdges(
                    threshold: threshold, metric: recipe.metric, count: features.count,
                    vectors: vectors, allowedBytes: allowedBytes, pool
                ) { try progress($0, features.count) }
            }
        try progress(features.count, features.count)
        return SongGraph(
            recipe: recipe, space: space, featuresChecksum: features.checksum,
            offsets: edges.offsets, targets: edges.targets, weights: edges.weights,
            strengths: edges.strengths(metric: recipe.metric, pool))
    }
}
