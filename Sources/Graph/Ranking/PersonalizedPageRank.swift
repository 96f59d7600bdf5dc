/// Personalized PageRank: how often a walker visits each song who goes to a neighbor in proportion
/// to the similarity of the edge, and every so often begins anew at one of the first songs.
///
/// Source: Page, Brin, Motwani and Winograd, "The PageRank Citation Ranking", 1999; the local form is
/// forward push, Andersen, Chung and Lang, "Local Graph Partitioning using PageRank Vectors", 2006.
public struct PersonalizedPageRank: Sendable {
    /// The probability to walk on rather than to begin anew.
    public var damping = 0.85

    /// Uses a damping.
    public init(damping: Double = 0.85) { self.damping = damping }

    /// Scores near the first songs: exact up to `tolerance` times the degree of a song.
    ///
    /// Songs that the walk hardly reaches are left out, so that the work does not grow with the
    /// library.
    public func localScores(
        in graph: SongGraph, restart: [(row: Int, mass: Double)], tolerance: Double = 1e-6
    ) -> [(row: Int, score: Double)] { fatalError("to come") }

    /// Scores of all songs, by power iteration until they change by less than `tolerance` in sum.
    public func scores(
        in graph: SongGraph, restart: [(row: Int, mass: Double)], tolerance: Double = 1e-10
    ) -> [Double] { fatalError("to come") }
}
