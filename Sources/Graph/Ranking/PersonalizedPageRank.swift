import Foundation
import Kernels
import Tensor

/// Personalized PageRank: how often a walker visits each song who goes to a neighbor in proportion
/// to the similarity of the edge, and every so often begins anew at one of the first songs.
///
/// The probability to go from a song to its neighbor is the similarity of the two divided by the sum
/// over all its neighbors. Where a song has no neighbor, the walker begins anew.
///
/// Source: Page, Brin, Motwani and Winograd, "The PageRank Citation Ranking", 1999; the local form is
/// forward push, Andersen, Chung and Lang, "Local Graph Partitioning using PageRank Vectors", 2006.
public struct PersonalizedPageRank: Sendable {
    /// What the probability of an edge is in proportion to.
    public enum Weighting: Sendable {
        /// `SongGraph.similarity(_:)`: 1 / (1 + distance), or the cosine.
        case similarity
        /// The weight of the edge itself, be it a distance, as other programs take it.
        case weight
    }

    /// The probability to walk on rather than to begin anew.
    public var damping: Double
    /// What the probability of an edge is in proportion to; negative weights count as 0.
    public var weighting: Weighting

    /// Uses a damping.
    public init(damping: Double = 0.85, weighting: Weighting = .similarity) {
        require(
            (0..<1).contains(damping), "a damping is 0 or more and below 1, not \(damping)")
        self.damping = damping
        self.weighting = weighting
    }

    /// A song and its score.
    public typealias Score = (row: Int, score: Double)

    /// The restart as a distribution over songs that have neighbors, and the scores of the others.
    ///
    /// A walker gets to a song without neighbors only by beginning there, and begins anew from it. So
    /// its score is known, and all it does to the others is to make them that much more likely
    /// to be begun at.
    struct Restart {
        /// Songs with neighbors, in ascending order, and how likely the walker begins at each.
        var connected: [Score] = []
        /// Songs without neighbors, in ascending order, and their scores.
        var isolated: [Score] = []
    }

    func restart(
        _ restart: [(row: Int, mass: Double)], damping: Double, isIsolated: (Int) -> Bool
    ) -> Restart {
        let total = restart.reduce(0) { $0 + $1.mass }
        require(
            restart.allSatisfy { $0.mass >= 0 } && total.isFinite,
            "the masses of a restart are 0 or more")
        guard total > 0 else { return Restart() }
        var masses: [Score] = []
        for (row, mass) in restart.sorted(by: { $0.row < $1.row }) where mass > 0 {
            if masses.last?.row == row {
                masses[masses.count - 1].score += mass / total
            } else {
                masses.append((row, mass / total))
            }
        }
        var result = Restart()
        let isolatedMass = masses.reduce(0) { $0 + (isIsolated($1.row) ? $1.score : 0) }
        let factor = 1 / (1 - damping * isolatedMass)
        for (row, mass) in masses {
            if isIsolated(row) {
                result.isolated.append((row, (1 - damping) * factor * mass))
            } else {
                result.connected.append((row, factor * mass))
            }
        }
        return result
    }
}
