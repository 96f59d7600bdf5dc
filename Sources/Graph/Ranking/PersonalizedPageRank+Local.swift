import Kernels
import Tensor

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
        in graph: SongGraph, restart: [(row: Int, mass: Double)], tolerance: Double = 1e-5
    ) -> [Score] {
        require(tolerance > 0, "a tolerance is above 0, not \(tolerance)")
        func strength(_ row: Int) -> Double {
            weighting == .similarity
                ? graph.strengths[row]
                : graph.neighbors(of: row).reduce(0) { $0 + max(0, $1.weight) }
        }
        let start = self.restart(restart, damping: damping) { strength($0) == 0 }
        var push = ForwardPush()
        let limit = { (row: Int) in tolerance * strength(row) }
        switch graph.weights {
        case .float(let weights):
            walk(&push, from: start, in: graph, weights.elements, tolerance, limit: limit)
        case .double(let weights):
            walk(&push, from: start, in: graph, weights.elements, tolerance, limit: limit)
        }
        withExtendedLifetime(graph) {}
        let reached = push.slots.compactMap { slot in
            slot.score > 0 ? (row: Int(slot.key) - 1, score: slot.score) : nil
        }
        return (start.isolated + reached).sorted { $0.row < $1.row }
    }

    /// Lets walkers walk on, song by song in the order in which enough of them got there.
    ///
    /// Of all walkers, some stay wherever they leave; it ends at the latest when more have stayed
    /// than there were. Only a damaged graph has such edges.
    private func walk(
        _ push: inout ForwardPush, from start: Restart, in graph: SongGraph,
        _ weights: UnsafeBufferPointer<some BinaryFloatingPoint>, _ tolerance: Double,
        limit: (Int) -> Double
    ) {
        let (offsets, targets) = (graph.offsets.elements, graph.targets.elements)
        let lastRow = graph.count - 1
        let isReciprocal = weighting == .similarity && graph.recipe.metric == .euclidean
        var queue: [Int] = []
        for (row, mass) in start.connected where push.add(mass, at: row, limit: limit) {
            queue.append(row)
        }
        var head = 0
        var walking = 1 + 1e-6
        while head < queue.count, walking > 0 {
            let row = queue[head]
            head += 1
            // The limit is the tolerance times the sum of the similarities.
            let leaving = push.leave(row, staying: 1 - damping)
            walking -= (1 - damping) * leaving.walkers
            guard leaving.limit > 0 else { continue }
            let share = damping * leaving.walkers * tolerance / leaving.limit
            for edge in offsets[row]..<offsets[row &+ 1] {
                let weight = Double(weights[edge])
                let value = isReciprocal ? 1 / (1 + weight) : max(0, weight)
                let target = min(Int(targets[edge]), lastRow)
                if value > 0, push.add(share * value, at: target, limit: limit) {
                    queue.append(target)
                }
            }
        }
    }
}
