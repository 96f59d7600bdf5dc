import Testing
import _TestSupport

@testable import Kernels

struct RangeSearchTests {
    /// Compares what a search finds with what comparing all pairs does.
    private func compare(
        _ built: BuiltTree, _ test: PointTest, _ weight: ([Double], [Double]) -> Double?
    ) {
        let tree = built.tree
        let search = RangeSearch(tree: tree, test: test)
        let memory = SearchMemory(dimensions: tree.dimensions)
        defer { memory.deallocate() }
        for place in built.leaves.flatMap({ tree.places(ofLeaf: $0) }) {
            let row = Int(tree.rows[place])
            let expected = built.points.indices.filter {
                $0 != row && weight(built.points[row], built.points[$0]) != nil
            }
            var found: [Int] = []
            search.forEachEdge(at: place, memory: memory) { other in
                let neighbor = Int(tree.rows[other])
                found.append(neighbor)
                #expect(
                    search.weight(place, other)
                        == weight(built.points[row], built.points[neighbor]))
            }
            #expect(found.sorted() == expected)
            #expect(search.count(at: place, memory: memory) == expected.count)
        }
    }

    @Test(arguments: [-1, 0, 1e-9, 0.4, 1.1, 5, 1e200])
    func distances(threshold: Double) {
        compare(BuiltTree(count: 300, dimensions: 3), .distanceBelow(threshold)) {
            let distance = Oracle.distance($0, $1)
            return distance < threshold ? distance : nil
        }
    }

    @Test(arguments: [-2, 0, 0.7, 0.9999, 1, 3])
    func cosines(threshold: Double) {
        let points = BuiltTree(count: 300, dimensions: 3).points.map(Oracle.normalized)
        compare(BuiltTree(points), .cosineAbove(threshold)) { a, b in
            var sum = 0.0
            for index in a.indices { sum += a[index] * b[index] }
            return sum > threshold ? sum : nil
        }
    }
}
