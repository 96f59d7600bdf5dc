import Tensor
import Testing

@testable import Kernels

struct NeighborTableTests {
    /// Edges in compressed sparse rows.
    private struct Edges {
        var offsets: [Int]
        var targets: [UInt32]
        var weights: [Float]
    }

    /// For each row its neighbors in a random order; the weight of a pair tells it from others.
    private static func neighbors(_ count: Int, _ width: Int) -> [[Int]] {
        var random = RandomSource(seed: 8)
        return (0..<count).map { row in
            Array((0..<count).filter { $0 != row }.shuffled(using: &random).prefix(width))
        }
    }

    private static func weight(_ a: Int, _ b: Int) -> Float { Float(min(a, b) * 1000 + max(a, b)) }

    /// Makes edges of a table, the reverse ones as well unless they are to be mutual.
    private static func edges(of neighbors: [[Int]], isMutual: Bool) -> Edges {
        let (count, width) = (neighbors.count, neighbors[0].count)
        let rows = UnsafeMutablePointer<UInt32>.allocate(capacity: count * width)
        let weights = UnsafeMutablePointer<Float>.allocate(capacity: count * width)
        let mutual = UnsafeMutablePointer<Bool>.allocate(capacity: count * width)
        defer {
            rows.deallocate()
            weights.deallocate()
            mutual.deallocate()
        }
        let table = NeighborTable(count: count, width: width, rows: rows, weights: weights)
        for (row, neighbors) in neighbors.enumerated() {
            for (found, neighbor) in neighbors.enumerated() {
                table.insert(
                    UInt32(neighbor), weight: weight(row, neighbor), of: row, found: found)
            }
        }
        table.findMutual(0..<count / 2, into: mutual)
        table.findMutual(count / 2..<count, into: mutual)
        var degrees = [Int](repeating: 0, count: count)
        if isMutual {
            table.countMutual(mutual, into: &degrees)
        } else {
            table.countAll(mutual, into: &degrees)
        }
        var offsets = [0]
        for degree in degrees { offsets.append(offsets[offsets.count - 1] + degree) }
        let total = offsets[count]
        var edges = Edges(
            offsets: offsets, targets: [UInt32](repeating: .max, count: total),
            weights: [Float](repeating: -1, count: total))
        if isMutual {
            table.writeMutual(
                0..<count, mutual, offsets: offsets, targets: &edges.targets,
                edgeWeights: &edges.weights)
        } else {
            var ends = Array(offsets.dropLast())
            table.writeReverse(
                mutual, ends: &ends, targets: &edges.targets, edgeWeights: &edges.weights)
            table.mergeNeighbors(
                0..<count, offsets: offsets, targets: &edges.targets,
                edgeWeights: &edges.weights)
        }
        return edges
    }

    @Test(
        "edges join rows of which one is the neighbor of the other, or both",
        arguments: [(2, 1), (9, 1), (30, 4), (30, 29)], [false, true])
    func edges(size: (count: Int, width: Int), isMutual: Bool) {
        let neighbors = Self.neighbors(size.count, size.width)
        let edges = Self.edges(of: neighbors, isMutual: isMutual)
        for row in 0..<size.count {
            let expected = (0..<size.count).filter {
                let (one, other) = (neighbors[row].contains($0), neighbors[$0].contains(row))
                return isMutual ? one && other : one || other
            }
            let range = edges.offsets[row]..<edges.offsets[row + 1]
            #expect(edges.targets[range].map(Int.init) == expected)
            #expect(Array(edges.weights[range]) == expected.map { Self.weight(row, $0) })
        }
    }
}
