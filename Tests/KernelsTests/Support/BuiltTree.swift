import Tensor

@testable import Kernels

/// A tree of points that are made up, and the memory in which it lies.
final class BuiltTree {
    /// `[points, dimensions]`.
    let points: [[Double]]
    let tree: PointTree

    /// Builds a tree of points that are not greater than 1.
    init(_ points: [[Double]]) {
        self.points = points
        let dimensions = points[0].count
        let leaves = PointTree.leafCount(of: points.count)
        let nodes = PointTree.nodeCount(above: leaves)
        let places = leaves * PointTree.leafSize
        tree = PointTree(
            count: points.count, dimensions: dimensions, scale: 1,
            coarse: .allocate(capacity: places * dimensions),
            points: .allocate(capacity: places * dimensions), rows: .allocate(capacity: places),
            boxes: .allocate(capacity: nodes * dimensions * 2 * PointTree.fanOut),
            children: .allocate(capacity: nodes * PointTree.fanOut),
            lowestRows: .allocate(capacity: nodes * PointTree.fanOut))
        var keys = points.indices.map { UInt64($0) }
        let center = [Double](repeating: 0, count: dimensions)
        let order = Array((0..<dimensions).reversed())
        let values = points.flatMap(\.self)
        // The pointers are used within these calls only.
        values.withUnsafeBufferPointer { values in
            center.withUnsafeBufferPointer { center in
                order.withUnsafeBufferPointer { order in
                    keys.withUnsafeMutableBufferPointer { keys in
                        guard let values = values.baseAddress, let center = center.baseAddress,
                            let order = order.baseAddress, let keys = keys.baseAddress
                        else { return }
                        let source = PointSource(
                            points: values, dimensions: dimensions, center: center, scale: 1,
                            order: order)
                        let parts = tree.divide(0, leaves: 0..<leaves, source: source, keys: keys)
                        for part in parts { tree.build(part, source: source, keys: keys) }
                        tree.finish(0, parts)
                    }
                }
            }
        }
    }

    /// Points with random coordinates from -1 to 1, some of them twice.
    convenience init(count: Int, dimensions: Int) {
        var random = RandomSource(seed: 11)
        var points: [[Double]] = []
        for index in 0..<count {
            points.append(
                index % 9 == 8
                    ? points[index / 2]
                    : (0..<dimensions).map { _ in Double.random(in: -1...1, using: &random) })
        }
        self.init(points)
    }

    deinit {
        tree.coarse.deallocate()
        tree.points.deallocate()
        tree.rows.deallocate()
        tree.boxes.deallocate()
        tree.children.deallocate()
        tree.lowestRows.deallocate()
    }

    /// The leaves, the last of which may not be full.
    var leaves: Range<Int> { 0..<PointTree.leafCount(of: points.count) }
}
