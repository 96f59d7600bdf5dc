import Testing
import _TestSupport

@testable import Kernels

struct NearestSearchTests {
    @Test("the nearest come nearest first, and by row where they are as near")
    func nearestFirst() {
        for (count, neighbors) in [(1, 3), (3, 5), (40, 39), (600, 6)] {
            let built = BuiltTree(count: count, dimensions: 4)
            let search = NearestSearch(
                tree: built.tree, cost: .squaredDistance, neighbors: neighbors)
            let memory = SearchMemory(dimensions: 4, neighbors: neighbors)
            defer { memory.deallocate() }
            let cost = { Oracle.squaredDistance(built.points[$0], built.points[$1]) }
            var visited: [Int] = []
            for leaf in built.leaves {
                search.search(leaf: leaf, memory: memory) { row, rows, costs in
                    visited.append(row)
                    let expected = Oracle.nearest(neighbors, to: row, ofRows: count, by: cost)
                    #expect(rows.map(Int.init) == expected)
                    #expect(Array(costs) == expected.map { cost(row, $0) })
                }
            }
            #expect(visited.sorted() == Array(0..<count))
        }
    }
}
