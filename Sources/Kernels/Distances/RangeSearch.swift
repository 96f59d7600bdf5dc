/// Which points have an edge.
package enum PointTest: Sendable {
    /// Those at a distance below the threshold.
    case distanceBelow(Double)
    /// Those whose cosine is above the threshold, of points at the distance 1 from the origin, or
    /// at it.
    case cosineAbove(Double)

    /// The weight of two points, if they have an edge.
    @inline(__always)
    func callAsFunction(
        _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ dimensions: Int
    ) -> Double? {
        var sum = 0.0
        switch self {
        case .distanceBelow(let threshold):
            for dimension in 0..<dimensions {
                let difference = a[dimension] - b[dimension]
                sum += difference * difference
            }
            let distance = sum.squareRoot()
            return distance < threshold ? distance : nil
        case .cosineAbove(let threshold):
            for dimension in 0..<dimensions { sum += a[dimension] * b[dimension] }
            return sum > threshold ? sum : nil
        }
    }

    /// No points at a greater squared distance have an edge.
    fileprivate var greatestSquaredDistance: Double {
        switch self {
        case .distanceBelow(let threshold): threshold * threshold * (1 + 1e-15)
        case .cosineAbove(let threshold): max(0, 2 - 2 * threshold) + 1e-14
        }
    }
}

/// Finds all points of a tree that have an edge to points of it.
package struct RangeSearch: @unchecked Sendable {
    /// The points.
    package let tree: PointTree
    /// Which points have an edge.
    package let test: PointTest

    package init(tree: PointTree, test: PointTest) {
        self.tree = tree
        self.test = test
    }

    /// The weight of two points by their places, if they have an edge.
    @inline(__always)
    package func weight(_ place: Int, _ other: Int) -> Double? {
        test(
            tree.points + place &* tree.dimensions, tree.points + other &* tree.dimensions,
            tree.dimensions)
    }

    /// Counts the points that have an edge to a point.
    package func count(at place: Int, memory: SearchMemory) -> Int {
        var count = 0
        search(place, memory) { _ in count &+= 1 }
        return count
    }

    /// Calls the body with the place of each point that has an edge to a point.
    @inline(__always)
    package func forEachEdge(
        at place: Int, memory: SearchMemory, _ body: (_ place: Int) -> Void
    ) {
        search(place, memory, body)
    }

    @inline(__always)
    private func search(
        _ place: Int, _ memory: SearchMemory, _ found: (_ place: Int) -> Void
    ) {
        let length = tree.load(place, into: memory.query)
        let limit = tree.limit(of: test.greatestSquaredDistance, length: length)
        var depth = 1
        memory.stack[0] = SearchMemory.Visit(distance: 0, child: 0, lowestRow: 0)
        while depth > 0 {
            depth &-= 1
            let child = Int(memory.stack[depth].child)
            guard child < 0 else {
                let distances = tree.boxDistances(child, memory.query)
                for lane in 0..<PointTree.fanOut where distances[lane] <= limit {
                    let index = child &* PointTree.fanOut &+ lane
                    guard tree.lowestRows[index] != .max else { continue }
                    memory.stack[depth].child = tree.children[index]
                    depth &+= 1
                }
                continue
            }
            let leaf = ~child
            guard tree.scan(leaf, memory.query, limit: limit, into: memory.distances) else {
                continue
            }
            for slot in 0..<tree.size(ofLeaf: leaf) where memory.distances[slot] <= limit {
                let other = leaf &* PointTree.leafSize &+ slot
                if other != place, weight(place, other) != nil { found(other) }
            }
        }
    }
}
