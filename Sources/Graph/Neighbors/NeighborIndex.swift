import Kernels
import Synchronization

/// The vectors of songs, sorted so that near ones are found without looking at all.
///
/// Unchecked, because nobody writes the tree once it is built.
final class NeighborIndex: @unchecked Sendable {
    /// The vectors.
    let tree: PointTree
    /// The number of leaves of the tree.
    let leafCount: Int
    /// Rows of vectors without a direction, which are not in the tree of a search for the greatest
    /// cosines.
    let rowsWithoutDirection: [UInt32]

    /// Sorts vectors.
    ///
    /// - Parameters:
    ///   - matrix: The vectors, of the length 1 for cosines. Memory for a second copy is needed.
    ///   - excludesOrigin: Whether vectors of the length zero are left out.
    ///   - pool: The threads that share the work.
    init(_ matrix: FeatureMatrix, excludesOrigin: Bool, pool: ThreadPool) {
        let dimensions = matrix.dimensionCount
        let values = matrix.values.elements
        func isOrigin(_ row: Int) -> Bool {
            values[row * dimensions..<(row + 1) * dimensions].allSatisfy { $0 == 0 }
        }
        rowsWithoutDirection =
            excludesOrigin ? (0..<matrix.count).filter(isOrigin).map { UInt32($0) } : []
        let count = matrix.count - rowsWithoutDirection.count
        let frame = Frame(of: matrix)
        leafCount = PointTree.leafCount(of: count)
        let nodeCount = PointTree.nodeCount(above: leafCount)
        let places = leafCount * PointTree.leafSize
        tree = PointTree(
            count: count, dimensions: dimensions, scale: frame.scale,
            coarse: .allocate(capacity: places * dimensions),
            points: .allocate(capacity: places * dimensions), rows: .allocate(capacity: places),
            boxes: .allocate(capacity: nodeCount * dimensions * 2 * PointTree.fanOut),
            children: .allocate(capacity: nodeCount * PointTree.fanOut),
            lowestRows: .allocate(capacity: nodeCount * PointTree.fanOut))
        guard count > 0, let points = values.baseAddress else { return }
        let keys = UnsafeMutablePointer<UInt64>.allocate(capacity: count)
        defer { keys.deallocate() }
        var next = 0
        for row in 0..<matrix.count where !excludesOrigin || !isOrigin(row) {
            keys[next] = UInt64(row)
            next += 1
        }
        frame.center.withUnsafeBufferPointer { center in
            frame.order.withUnsafeBufferPointer { order in
                guard let center = center.baseAddress, let order = order.baseAddress else {
                    return
                }
                let source = PointSource(
                    points: points, dimensions: dimensions, center: center, scale: frame.scale,
                    order: order)
                build(source, keys, pool)
            }
        }
        withExtendedLifetime(matrix) {}
    }

    private func build(
        _ source: PointSource, _ keys: UnsafeMutablePointer<UInt64>, _ pool: ThreadPool
    ) {
        let parts = tree.divide(0, leaves: 0..<leafCount, source: source, keys: keys)
        let next = Atomic(0)
        pool.split(pool.threadCount) { _, _ in
            while true {
                let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard index < parts.count else { return }
                tree.build(parts[index], source: source, keys: keys)
            }
        }
        tree.finish(0, parts)
    }

    deinit {
        tree.coarse.deallocate()
        tree.points.deallocate()
        tree.rows.deallocate()
        tree.boxes.deallocate()
        tree.children.deallocate()
        tree.lowestRows.deallocate()
    }

    /// How vectors become Floats.
    private struct Frame {
        /// What is subtracted.
        var center: [Double]
        /// What they are multiplied by then, so that none is greater than 1.
        var scale: Double
        /// The dimension that varies most, the next one and so on.
        var order: [Int]

        init(of matrix: FeatureMatrix) {
            let (count, width) = (matrix.count, matrix.dimensionCount)
            let values = matrix.values.elements
            center = [Double](repeating: 0, count: width)
            var squares = center
            var greatest = 0.0
            for row in 0..<count {
                for column in 0..<width { center[column] += values[row &* width &+ column] }
            }
            for column in 0..<width { center[column] /= Double(max(count, 1)) }
            for row in 0..<count {
                for column in 0..<width {
                    let offset = values[row &* width &+ column] - center[column]
                    squares[column] += offset * offset
                    greatest = max(greatest, abs(offset))
                }
            }
            // The reciprocal of a smaller number would be infinite.
            scale = greatest > 0 ? 1 / max(greatest, .leastNormalMagnitude) : 1
            order = (0..<width).sorted { (-squares[$0], $0) < (-squares[$1], $1) }
        }
    }
}
