/// How far apart points are.
package enum PointCost: Sendable {
    /// The squared distance.
    case squaredDistance
    /// 1 less the cosine, of points at the distance 1 from the origin.
    case cosineDistance

    /// The cost of two points, computed in the order of the dimensions.
    @inline(__always)
    func callAsFunction(
        _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ dimensions: Int
    ) -> Double {
        var sum = 0.0
        for dimension in 0..<dimensions {
            let difference = a[dimension] - b[dimension]
            sum += difference * difference
        }
        // Vectors of the same direction get the same cosine, 1, though their lengths are rounded.
        return self == .squaredDistance ? sum : 1 - (1 - sum / 2)
    }

    /// The greatest squared distance of points with a cost.
    @inline(__always)
    func squaredDistance(_ cost: Double) -> Double {
        self == .squaredDistance ? cost : 2 * cost + 1e-15
    }
}

/// Finds the nearest points of points of a tree.
package struct NearestSearch: @unchecked Sendable {
    /// The points.
    package let tree: PointTree
    /// What makes a point near.
    package let cost: PointCost
    /// How many are to be found.
    package let neighbors: Int

    package init(tree: PointTree, cost: PointCost, neighbors: Int) {
        self.tree = tree
        self.cost = cost
        self.neighbors = neighbors
    }

    /// Finds the nearest points of each point of a leaf.
    ///
    /// - Parameters:
    ///   - leaf: The leaf.
    ///   - memory: The memory to use.
    ///   - found: Called with the row of each point and its nearest, nearest first and the lower row
    ///     first where two are as near; there are fewer than asked for if there are fewer points.
    package func search(
        leaf: Int, memory: SearchMemory,
        found: (
            _ row: Int, _ rows: UnsafeBufferPointer<UInt32>, _ costs: UnsafeBufferPointer<Double>
        ) -> Void
    ) {
        for place in tree.places(ofLeaf: leaf) {
            var search = PointSearch(self, place: place, memory: memory)
            search.run()
            found(
                Int(tree.rows[place]),
                UnsafeBufferPointer(start: memory.rows, count: search.found),
                UnsafeBufferPointer(start: memory.costs, count: search.found))
        }
    }
}

/// The search for the nearest points of one point.
private struct PointSearch {
    let tree: PointTree
    let cost: PointCost
    let neighbors: Int
    let memory: SearchMemory
    let point: UnsafePointer<Double>
    let ownRow: UInt32
    /// The distance of the query as Floats from the origin.
    let length: Double
    /// How many points were found.
    var found = 0
    /// No point at a greater distance, as a Float, is among the nearest.
    var limit = Float.infinity
    /// No point in a higher row is, for those that were found are as near as can be.
    var highestRow = UInt32.max

    init(_ search: NearestSearch, place: Int, memory: SearchMemory) {
        tree = search.tree
        cost = search.cost
        neighbors = search.neighbors
        self.memory = memory
        point = UnsafePointer(tree.points + place * tree.dimensions)
        ownRow = tree.rows[place]
        length = tree.load(place, into: memory.query)
    }

    @inline(__always)
    mutating func run() {
        var depth = 1
        memory.stack[0] = SearchMemory.Visit(distance: 0, child: 0, lowestRow: 0)
        while depth > 0 {
            depth &-= 1
            let visit = memory.stack[depth]
            guard visit.distance <= limit, visit.lowestRow <= highestRow else { continue }
            if visit.child < 0 {
                look(intoLeaf: Int(~visit.child))
            } else {
                push(childrenOf: Int(visit.child), &depth)
            }
        }
    }

    /// Pushes the children that may hold near points, the nearest last.
    @inline(__always)
    private mutating func push(childrenOf node: Int, _ depth: inout Int) {
        let distances = tree.boxDistances(node, memory.query)
        let bottom = depth
        let children = tree.children + node &* PointTree.fanOut
        let lowestRows = tree.lowestRows + node &* PointTree.fanOut
        for lane in 0..<PointTree.fanOut where distances[lane] <= limit {
            let visit = SearchMemory.Visit(
                distance: distances[lane], child: children[lane], lowestRow: lowestRows[lane])
            guard visit.lowestRow <= highestRow, visit.lowestRow != .max else { continue }
            var place = depth
            while place > bottom,
                memory.stack[place &- 1].distance < visit.distance
                    || memory.stack[place &- 1].distance == visit.distance
                        && memory.stack[place &- 1].lowestRow < visit.lowestRow
            {
                memory.stack[place] = memory.stack[place &- 1]
                place &-= 1
            }
            memory.stack[place] = visit
            depth &+= 1
        }
    }

    @inline(__always)
    private mutating func look(intoLeaf leaf: Int) {
        guard tree.scan(leaf, memory.query, limit: limit, into: memory.distances) else { return }
        let first = leaf &* PointTree.leafSize
        for slot in 0..<tree.size(ofLeaf: leaf) where memory.distances[slot] <= limit {
            let place = first &+ slot
            let row = tree.rows[place]
            guard row != ownRow else { continue }
            offer(row, cost(point, tree.points + place &* tree.dimensions, tree.dimensions))
        }
    }

    /// Takes a point among the nearest if it is one of them so far.
    @inline(__always)
    private mutating func offer(_ row: UInt32, _ cost: Double) {
        let (costs, rows) = (memory.costs, memory.rows)
        var place = found
        if found == neighbors {
            let last = found &- 1
            guard cost < costs[last] || cost == costs[last] && row < rows[last] else { return }
            place = last
        } else {
            found &+= 1
        }
        while place > 0,
            cost < costs[place &- 1] || cost == costs[place &- 1] && row < rows[place &- 1]
        {
            costs[place] = costs[place &- 1]
            rows[place] = rows[place &- 1]
            place &-= 1
        }
        costs[place] = cost
        rows[place] = row
        if found == neighbors { tighten() }
    }

    /// Reckons from the last of the nearest points which others may be nearer.
    @inline(__always)
    private mutating func tighten() {
        let worst = memory.costs[found &- 1]
        limit = tree.limit(of: cost.squaredDistance(worst), length: length)
        if worst == 0 { highestRow = memory.rows[found &- 1] }
    }
}
