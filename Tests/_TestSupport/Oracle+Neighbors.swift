extension Oracle {
    /// The distance of two vectors.
    public static func distance(_ a: [Double], _ b: [Double]) -> Double {
        var sum = 0.0
        for index in a.indices { sum += (a[index] - b[index]) * (a[index] - b[index]) }
        return sum.squareRoot()
    }

    /// The vector with the length 1; one of length zero stays.
    public static func normalized(_ a: [Double]) -> [Double] {
        var sum = 0.0
        for element in a { sum += element * element }
        return sum > 0 ? a.map { $0 / sum.squareRoot() } : a
    }

    /// The cosine of the angle between two vectors; 0 where one has no length.
    public static func cosine(_ a: [Double], _ b: [Double]) -> Double {
        let (a, b) = (normalized(a), normalized(b))
        var sum = 0.0
        for index in a.indices { sum += a[index] * b[index] }
        return sum
    }

    /// The rows of the nearest vectors of each, nearest first.
    ///
    /// The lower row comes first where two are equally near. The cost is what is small for two rows that are near.
    public static func nearest(
        _ count: Int, ofRows rows: Int, by cost: (Int, Int) -> Double
    ) -> [[Int]] {
        (0..<rows).map { row in
            let others = (0..<rows).filter { $0 != row }.map { (cost(row, $0), $0) }
            return others.sorted { $0 < $1 }.prefix(count).map(\.1)
        }
    }

    /// Personalized PageRank of a dense matrix of weights, by walking many steps.
    public static func pageRank(
        _ weights: [[Double]], restart: [Double], damping: Double
    ) -> [Double] {
        let total = restart.reduce(0, +)
        let start = restart.map { $0 / total }
        var scores = start
        for _ in 0..<600 {
            var next = start.map { $0 * (1 - damping) }
            for (row, edges) in weights.enumerated() {
                let sum = edges.reduce(0, +)
                for column in weights.indices {
                    let probability = sum > 0 ? edges[column] / sum : start[column]
                    next[column] += damping * scores[row] * probability
                }
            }
            scores = next
        }
        return scores
    }
}
