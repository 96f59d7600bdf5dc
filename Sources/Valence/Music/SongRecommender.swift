public import Graph

/// Finds songs for a mood, or like other songs, in a library.
///
/// Songs whose valence and energy suit the mood are where a random walk over the graph of similar
/// songs begins, with those that the listener likes (`PersonalizedPageRank`). What it visits often
/// and suits the mood is relevant; of that, songs are chosen that are unlike each other
/// (`MaximalMarginalRelevance`), or that lead from the mood to a better one (`MoodWay`). The same
/// wish, library and feedback always get the same answer.
///
/// ```swift
/// let recommender = try SongRecommender(SongLibrary.embedded())
/// for recommendation in try recommender.songs(for: Wish(.sad)) {
///     print(recommendation.song.title, recommendation.reasons)
/// }
/// ```
public struct SongRecommender: Sendable {
    /// The library.
    public let library: SongLibrary
    /// Its graph.
    let graph: SongGraph

    /// Finds songs in a library.
    ///
    /// - Throws: `RecommendationError.noGraph` if its graph has not been built.
    public init(_ library: SongLibrary) throws(RecommendationError) {
        guard let graph = library.graph else { throw .noGraph }
        self.library = library
        self.graph = graph
    }

    /// How many relevant songs are looked at more closely for each that is wished.
    private static let choice = 16

    /// Finds songs.
    ///
    /// - Returns: Up to as many songs as are wished, in the order in which to play them.
    /// - Throws: `RecommendationError` if an id is not in the library, and errors of the catalog.
    public func songs(for wish: Wish) throws -> [Recommendation] {
        precondition(wish.count >= 0, "SongRecommender: \(wish.count) songs cannot be wished")
        for id in wish.likes where try library.catalog.row(ofID: id) == nil {
            throw RecommendationError.unknownTrack(id)
        }
        let feedback = try wish.listener.map(library.listeners.feedback(of:)) ?? []
        let profile = try ListenerProfile(feedback, likes: wish.likes, in: library.catalog)
        let target = wish.mood.map(MoodTarget.init(probabilities:))
        let path = target.map {
            MoodPath(
                from: $0, mode: wish.mode ?? .standard(for: $0.emotion), count: wish.count)
        }
        let finder = SongPoolFinder(
            library: library, graph: graph, path: path, profile: profile, seed: wish.seed)
        let isWay = path?.isWay == true
        let candidates = try finder.pool(
            isWay ? Self.choice : max(Self.choice * wish.count, 100))
        let similarity = CandidateSimilarity(candidates, in: graph, of: library.features)
        let chosen =
            if let path, isWay {
                MoodWay(path: path).choose(from: candidates, similarity: similarity)
            } else {
                Self.varied(wish.count, from: candidates, similarity: similarity)
            }
        let reasons = ReasonFinder(
            library: library, graph: graph, target: target, path: path, liked: profile.liked)
        return try chosen.indices.map { position in
            try reasons.recommendation(
                candidates[chosen[position]],
                after: position > 0 ? candidates[chosen[position - 1]] : nil, at: position)
        }
    }

    /// Relevant songs that are unlike each other, each artist once while there are others.
    private static func varied(
        _ count: Int, from candidates: [SongPool.Candidate], similarity: CandidateSimilarity
    ) -> [Int] {
        let most = candidates.first?.relevance ?? 1
        return MaximalMarginalRelevance().choose(
            count, from: candidates.map { $0.relevance / most },
            similarity: similarity.callAsFunction,
            isAllowed: { candidate, chosen in
                chosen.allSatisfy {
                    candidates[$0].artists.isDisjoint(with: candidates[candidate].artists)
                }
            })
    }
}
