/// Chooses items that are relevant and unlike each other: each next one has the most of its relevance
/// left after what it shares with those chosen before.
///
/// Source: Carbonell and Goldstein, "The Use of MMR, Diversity-Based Reranking for Reordering
/// Documents and Producing Summaries", SIGIR 1998.
public struct MaximalMarginalRelevance: Hashable, Sendable {
    /// How much relevance counts against novelty, 0 to 1: λ in the paper.
    public var balance = 0.7

    /// Uses a balance.
    public init(balance: Double = 0.7) { self.balance = balance }

    /// Chooses up to `count` items.
    ///
    /// - Parameters:
    ///   - count: How many are wanted.
    ///   - relevances: The relevance of each item, on the scale of the similarities.
    ///   - similarity: How alike two items are, 0 to 1, given their positions in `relevances`.
    ///   - excludes: Whether an item that is chosen excludes another.
    /// - Returns: Positions in the order in which they were chosen; of two with equal merit the
    ///   earlier.
    /// - Complexity: O(*n* × `count`) calls of `similarity`.
    public func choose(
        _ count: Int, from relevances: [Double],
        similarity: (Int, Int) -> Double,
        excludes: (_ chosen: Int, _ candidate: Int) -> Bool = { _, _ in false }
    ) -> [Int] {
        var chosen: [Int] = []
        var rest = Array(relevances.indices)
        var closest = [Double](repeating: 0, count: relevances.count)
        while chosen.count < count {
            let merit = { balance * relevances[$0] - (1 - balance) * closest[$0] }
            guard let next = rest.max(by: { merit($0) < merit($1) }) else { break }
            chosen.append(next)
            rest.removeAll { $0 == next || excludes(next, $0) }
            for item in rest { closest[item] = max(closest[item], similarity(item, next)) }
        }
        return chosen
    }
}
