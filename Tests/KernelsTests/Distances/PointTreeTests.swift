import Testing
import _TestSupport

@testable import Kernels

struct PointTreeTests {
    @Test("each point lies in one leaf as it is", arguments: [1, 32, 33, 256, 257, 2100])
    func pointsLieInLeaves(count: Int) {
        let built = BuiltTree(count: count, dimensions: 3)
        let tree = built.tree
        let places = built.leaves.flatMap { tree.places(ofLeaf: $0) }
        #expect(places.map { Int(tree.rows[$0]) }.sorted() == Array(0..<count))
        for place in places {
            let point = (0..<3).map { tree.points[place * 3 + $0] }
            #expect(point == built.points[Int(tree.rows[place])])
        }
    }

    @Test("parts are up to eight ranges that follow one another", arguments: [1, 2, 7, 8, 9, 1000])
    func parts(leaves: Int) {
        let parts = PointTree.parts(of: 5..<5 + leaves)
        #expect(parts.count == min(leaves, 8))
        #expect(parts.flatMap(Array.init) == Array(5..<5 + leaves))
        let lengths = parts.map(\.count)
        #expect((lengths.max() ?? 0) - (lengths.min() ?? 0) <= max(1, leaves / 100))
    }

    @Test("no box is farther away than a point in it")
    func boxesHoldTheirPoints() {
        let built = BuiltTree(count: 700, dimensions: 5)
        let tree = built.tree
        let memory = SearchMemory(dimensions: 5)
        defer { memory.deallocate() }
        /// The leaves below a child, or the child itself.
        func leaves(below child: Int32) -> [Int] {
            guard child >= 0 else { return [Int(~child)] }
            return (0..<PointTree.fanOut).map { Int(child) * PointTree.fanOut + $0 }
                .filter { tree.lowestRows[$0] != .max }.flatMap { leaves(below: tree.children[$0]) }
        }
        for query in [0, 31, 300, 699] {
            _ = tree.load(query, into: memory.query)
            let distances = tree.boxDistances(0, memory.query)
            for lane in 0..<PointTree.fanOut where tree.lowestRows[lane] != .max {
                var lowest = UInt32.max
                for leaf in leaves(below: tree.children[lane]) {
                    #expect(
                        tree.scan(leaf, memory.query, limit: .infinity, into: memory.distances))
                    for (slot, place) in tree.places(ofLeaf: leaf).enumerated() {
                        #expect(distances[lane] <= memory.distances[slot])
                        lowest = min(lowest, tree.rows[place])
                    }
                }
                #expect(lowest == tree.lowestRows[lane])
            }
        }
    }

    @Test("the limit of a distance is not below any as near, however far from the origin")
    func limits() {
        let built = BuiltTree(count: 300, dimensions: 4)
        let tree = built.tree
        let memory = SearchMemory(dimensions: 4)
        defer { memory.deallocate() }
        let places = built.leaves.flatMap { tree.places(ofLeaf: $0) }
        for query in [0, 77, 299] {
            let length = tree.load(query, into: memory.query)
            let point = built.points[Int(tree.rows[query])]
            for place in places {
                let distance = Oracle.squaredDistance(point, built.points[Int(tree.rows[place])])
                let limit = tree.limit(of: distance, length: length)
                let leaf = place / PointTree.leafSize
                #expect(tree.scan(leaf, memory.query, limit: limit, into: memory.distances))
                #expect(memory.distances[place % PointTree.leafSize] <= limit)
                #expect(Double(limit) <= distance + 1e-5 * (1 + distance))
            }
        }
    }
}
