import Kernels

extension PersonalizedPageRank {
    /// Scores near the first songs, by forward push.
    ///
    /// Songs that the walk hardly reaches are left out, so that the work does not grow with the
    /// library. A score is too small by `tolerance` times the sum of the similarities of the song's
    /// edges at most, and never too large; scores are 1 in sum less that.
    ///
    /// - Parameters:
    ///   - graph: The graph to walk in.
    ///   - restart: Where the walker begins, and how likely in proportion to the others.
    ///   - tolerance: How exact the scores are.
    /// - Returns: Songs with a score above 0, in ascending order of their rows.
    /// - Complexity: O(1 / (*tolerance* · (1 - *damping*))), whatever the number of songs.
    public func localScores(
        in graph: SongGraph, restart: [(row: Int, mass: Double)], tolerance: Double = 1e-6
    ) -> [Score] {
        precondition(tolerance > 0, "a tolerance is above 0, not \(tolerance)")
        func strength(_ row: Int) -> Double {
            weighting == .similarity
                ? graph.strengths[row]
                : graph.neighbors(of: row).reduce(0) { $0 + max(0, $1.weight) }
        }
        let start = self.restart(restart, damping: damping) { strength($0) == 0 }
        var push = ForwardPush()
        var queue: [Int] = []
        for (row, mass) in start.connected
        where push.add(mass, at: row, limit: { tolerance * strength($0) }) {
            queue.append(row)
        }
        var head = 0
        while head < queue.count {
            let row = queue[head]
            head += 1
            let index = push.index(of: row)
            let residual = push.slots[index].residual
            push.slots[index].isQueued = false
            push.slots[index].residual = 0
            push.slots[index].score += (1 - damping) * residual
            let share = damping * residual * tolerance / push.slots[index].limit
            for neighbor in graph.neighbors(of: row) {
                let value =
                    weighting == .similarity
                    ? graph.similarity(neighbor.weight) : max(0, neighbor.weight)
                guard value > 0 else { continue }
                if push.add(
                    share * value, at: neighbor.row, limit: { tolerance * strength($0) })
                {
                    queue.append(neighbor.row)
                }
            }
        }
        let reached = push.slots.compactMap { slot in
            slot.score > 0 ? (row: Int(slot.key) - 1, score: slot.score) : nil
        }
        return (start.isolated + reached).sorted { $0.row < $1.row }
    }
}
