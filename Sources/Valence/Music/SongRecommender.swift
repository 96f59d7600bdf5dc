public import Graph
import Tensor

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

    /// How many songs are looked at more closely for a list of so many.
    private static func poolCount(for count: Int) -> Int {
        max(100, min(choice * count, 1600), 3 * count)
    }

    /// Finds songs.
    ///
    /// - Returns: Up to as many songs as are wished, in the order in which to play them.
    /// - Throws: `RecommendationError` if an id is not in the library, and errors of the catalog.
    public func songs(for wish: Wish) throws -> [Recommendation] {
        require(
            (0...Wish.countLimit).contains(wish.count),
            "SongRecommender: \(wish.count) songs cannot be wished")
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
            isWay ? Self.choice : Self.poolCount(for: wish.count))
        let similarity = CandidateSimilarity(candidates, in: graph, of: library.features)
        let reasons = ReasonFinder(
            library: library, graph: graph, target: target, liked: profile.liked)
        if let path, isWay {
            let steps = MoodWay(path: path).choose(from: candidates, similarity: similarity)
            return try steps.indices.map { position in
                try reasons.recommendation(
                    candidates[steps[position].song],
                    as: .init(place: steps[position].place, count: path.places.count),
                    after: position > 0 ? candidates[steps[position - 1].song] : nil)
            }
        }
        return try Self.varied(wish.count, from: candidates, similarity: similarity).map {
            try reasons.recommendation(candidates[$0])
        }
    }

    /// Relevant songs that are unlike each other, an artist or a title twice only where there are no
    /// others.
    private static func varied(
        _ count: Int, from candidates: [SongPool.Candidate], similarity: CandidateSimilarity
    ) -> [Int] {
        let most = candidates.first?.relevance ?? 1
        let relevance = MaximalMarginalRelevance()
        let chosen = relevance.choose(
            count, from: candidates.map { $0.relevance / most },
            similarity: similarity.callAsFunction,
            excludes: { candidates[$0].excludes(candidates[$1]) })
        guard chosen.count < count else { return chosen }
        let known = Set(chosen)
        let others = candidates.indices.filter { !known.contains($0) }
        return chosen
            + relevance.choose(
                count - chosen.count, from: others.map { candidates[$0].relevance / most },
                similarity: { similarity(others[$0], others[$1]) }
            ).map { others[$0] }
    }
}
