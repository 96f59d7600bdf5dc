import Graph

/// How alike candidates are, by their positions.
struct CandidateSimilarity {
    private let vectors: [[Double]]
    private let metric: Metric

    /// Takes the vectors of the candidates from the space of the graph.
    init(_ candidates: [SongPool.Candidate], in graph: SongGraph, of features: SongFeatures) {
        vectors = candidates.map { graph.space.vector(of: features[$0.row]) }
        metric = graph.recipe.metric
    }

    /// How alike two candidates are, 0 to 1.
    func callAsFunction(_ position: Int, _ other: Int) -> Double {
        metric.similarity(metric.weight(vectors[position], vectors[other]))
    }
}
