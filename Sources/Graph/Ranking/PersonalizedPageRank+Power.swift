import Foundation
import Kernels
import Tensor

extension PersonalizedPageRank {
    /// Sums over rows are made of those of so many rows each, whatever the number of threads.
    private static let block = 4096

    /// Scores of all songs, by power iteration.
    ///
    /// - Parameters:
    ///   - graph: The graph to walk in.
    ///   - restart: Where the walker begins, and how likely in proportion to the others.
    ///   - tolerance: How much the scores may still change in sum when it ends.
    ///   - threads: The number of threads that share the work; by default as many as there are
    ///     processors. Scores do not depend on it.
    /// - Returns: `[songs]`, 1 in sum; all 0 if there is nothing to begin with.
    /// - Complexity: O(*edges* · log *tolerance*).
    public func scores(
        in graph: SongGraph, restart: [(row: Int, mass: Double)], tolerance: Double = 1e-10,
        threads: Int? = nil
    ) -> [Double] {
        require(
            tolerance > 0 && tolerance.isFinite, "a tolerance is above 0, not \(tolerance)")
        let count = graph.count
        let pool = ThreadPool(threads: threads)
        var scores = [Double](repeating: 0, count: count)
        let strengths = strengths(in: graph, pool)
        let start = self.restart(restart, damping: damping) { strengths[$0] == 0 }
        for (row, mass) in start.connected { scores[row] = mass }
        graph.edges.withRows(element: element(in: graph)) { rows in
            var passed = [Double](repeating: 0, count: count)
            var next = passed
            var changes = [Double](repeating: 0, count: (count + Self.block - 1) / Self.block)
            // Each step brings the scores closer by the damping at least.
            let steps = damping > 0 ? Int(log(tolerance / 4) / log(damping)) + 2 : 1
            for _ in 0..<max(steps, 1) {
                step(
                    rows, strengths: strengths, from: &scores, passed: &passed, into: &next,
                    changes: &changes, restart: start.connected, pool)
                swap(&scores, &next)
                if changes.reduce(0, +) < tolerance { break }
            }
        }
        for (row, score) in start.isolated { scores[row] = score }
        return scores
    }

    /// What is made of the weight of an edge.
    private func element(in graph: SongGraph) -> SparseRowElement {
        weighting == .similarity && graph.recipe.metric == .euclidean ? .reciprocal : .positive
    }

    /// The sum of what the edges of each song count.
    private func strengths(in graph: SongGraph, _ pool: ThreadPool) -> [Double] {
        if weighting == .similarity { return Array(graph.strengths) }
        var sums = [Double](repeating: 0, count: graph.count)
        sums.withUnsafeMutableBufferPointer { sums in
            guard let start = sums.baseAddress else { return }
            nonisolated(unsafe) let sums = start
            graph.edges.withRows(element: element(in: graph)) { rows in
                pool.split(graph.count) { _, range in rows.sum(range, into: sums) }
            }
        }
        return sums
    }

    /// One step of the walk of all walkers.
    ///
    /// `passed` and `changes` are memory of the step: what each song passes on for each unit of
    /// similarity, and how much the scores of each block of rows change in sum.
    private func step(
        _ rows: EdgeRows, strengths: [Double], from scores: inout [Double],
        passed: inout [Double], into next: inout [Double], changes: inout [Double],
        restart: [Score], _ pool: ThreadPool
    ) {
        let count = scores.count
        let damping = damping
        for row in 0..<count {
            passed[row] = strengths[row] > 0 ? damping * scores[row] / strengths[row] : 0
        }
        scores.withUnsafeBufferPointer { scores in
            passed.withUnsafeBufferPointer { passed in
                next.withUnsafeMutableBufferPointer { next in
                    guard let vector = passed.baseAddress, let product = next.baseAddress else {
                        return
                    }
                    nonisolated(unsafe) let target = product
                    pool.split(count, grain: Self.block) { _, range in
                        rows.multiply(range, by: vector, into: target)
                    }
                    for (row, mass) in restart { product[row] += (1 - damping) * mass }
                    for index in changes.indices {
                        let range =
                            index * Self.block..<min(count, (index + 1) * Self.block)
                        changes[index] = range.reduce(0) { $0 + abs(next[$1] - scores[$1]) }
                    }
                }
            }
        }
    }
}
