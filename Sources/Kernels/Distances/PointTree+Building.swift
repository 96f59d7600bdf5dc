/// What a tree is made of.
package struct PointSource: @unchecked Sendable {
    /// `[rows, dimensions]`.
    package let points: UnsafePointer<Double>
    /// The number of coordinates of a point.
    package let dimensions: Int
    /// `[dimensions]`: what is subtracted before points become Floats.
    package let center: UnsafePointer<Double>
    /// What they are multiplied by then.
    package let scale: Double
    /// `[dimensions]`: which dimension comes first, second and so on in the Floats.
    package let order: UnsafePointer<Int>

    package init(
        points: UnsafePointer<Double>, dimensions: Int, center: UnsafePointer<Double>,
        scale: Double, order: UnsafePointer<Int>
    ) {
        self.points = points
        self.dimensions = dimensions
        self.center = center
        self.scale = scale
        self.order = order
    }

    /// A coordinate as a Float.
    @inline(__always)
    func coarse(_ row: Int, _ dimension: Int) -> Float {
        Float((points[row &* dimensions &+ dimension] - center[dimension]) * scale)
    }
}

/// Children of a node that are yet to be built, each by a thread of its own if need be.
package struct TreePart: Sendable {
    /// The node above.
    package let parent: Int
    /// Which of its children.
    package let lane: Int
    /// The number of the child, if it is a node.
    package let node: Int
    /// The leaves below it.
    package let leaves: Range<Int>
}

extension PointTree {
    /// Sorts the points of a node into those of its children.
    ///
    /// Points with the same coordinates stay in the order of their rows.
    ///
    /// - Parameters:
    ///   - node: The number of the node; its descendants have the numbers that follow.
    ///   - leaves: The leaves below it.
    ///   - source: The points.
    ///   - keys: `[points]`: the rows in their low halves, in the order of the leaves.
    /// - Returns: The children.
    package func divide(
        _ node: Int, leaves: Range<Int>, source: PointSource, keys: UnsafeMutablePointer<UInt64>
    ) -> [TreePart] {
        var ranges = [leaves]
        while ranges.count < Self.fanOut, ranges.contains(where: { $0.count > 1 }) {
            ranges = ranges.flatMap { range in
                guard range.count > 1 else { return [range] }
                let middle = range.lowerBound + (range.count + 1) / 2
                split(range, at: middle, source: source, keys: keys)
                return [range.lowerBound..<middle, middle..<range.upperBound]
            }
        }
        var next = node + 1
        return ranges.enumerated().map { lane, range in
            let part = TreePart(parent: node, lane: lane, node: next, leaves: range)
            if range.count > 1 { next += Self.nodeCount(above: range.count) }
            return part
        }
    }

    /// Builds all that is below a child of a node.
    package func build(
        _ part: TreePart, source: PointSource, keys: UnsafeMutablePointer<UInt64>
    ) {
        guard part.leaves.count > 1 else {
            fill(leaf: part.leaves.lowerBound, source: source, keys: keys)
            return
        }
        let parts = divide(part.node, leaves: part.leaves, source: source, keys: keys)
        for part in parts { build(part, source: source, keys: keys) }
        finish(part.node, parts)
    }

    /// Writes the boxes of a node whose children are built.
    package func finish(_ node: Int, _ parts: [TreePart]) {
        let boxes = boxes(ofNode: node)
        for lane in 0..<Self.fanOut {
            // What is not there is farther away than all that is.
            for bound in 0..<2 * dimensions { boxes[bound * Self.fanOut + lane] = Self.nowhere }
            children[node * Self.fanOut + lane] = 0
            lowestRows[node * Self.fanOut + lane] = .max
        }
        for part in parts {
            let isLeaf = part.leaves.count == 1
            let inner = isLeaf ? part.leaves.lowerBound : part.node
            children[node * Self.fanOut + part.lane] = Int32(isLeaf ? ~inner : inner)
            lowestRows[node * Self.fanOut + part.lane] =
                isLeaf
                ? (0..<size(ofLeaf: inner)).reduce(.max) {
                    min($0, rows[inner * Self.leafSize + $1])
                }
                : (0..<Self.fanOut).reduce(.max) {
                    min($0, lowestRows[inner * Self.fanOut + $1])
                }
            for dimension in 0..<dimensions {
                let (low, high) =
                    isLeaf ? extent(ofLeaf: inner, dimension) : extent(ofNode: inner, dimension)
                boxes[2 * dimension * Self.fanOut + part.lane] = low
                boxes[(2 * dimension + 1) * Self.fanOut + part.lane] = high
            }
        }
    }

    /// A coordinate of places where nothing is; its square can still be added up.
    static var nowhere: Float { 1e18 }

    private func extent(ofLeaf leaf: Int, _ dimension: Int) -> (low: Float, high: Float) {
        let values = coarse(ofLeaf: leaf) + dimension * Self.leafSize
        return (0..<size(ofLeaf: leaf)).reduce((.infinity, -.infinity)) {
            (min($0.0, values[$1]), max($0.1, values[$1]))
        }
    }

    private func extent(ofNode node: Int, _ dimension: Int) -> (low: Float, high: Float) {
        let bounds = boxes(ofNode: node) + 2 * dimension * Self.fanOut
        return (0..<Self.fanOut).reduce((.infinity, -.infinity)) { extent, lane in
            lowestRows[node * Self.fanOut + lane] == .max
                ? extent : (min(extent.0, bounds[lane]), max(extent.1, bounds[Self.fanOut + lane]))
        }
    }

    /// Copies the points of a leaf.
    private func fill(
        leaf: Int, source: PointSource, keys: UnsafeMutablePointer<UInt64>
    ) {
        let first = leaf * Self.leafSize
        let coarse = coarse(ofLeaf: leaf)
        for slot in 0..<Self.leafSize {
            guard first + slot < count else {
                rows[first + slot] = .max
                for dimension in 0..<dimensions {
                    coarse[dimension * Self.leafSize + slot] = Self.nowhere
                    points[(first + slot) * dimensions + dimension] = .infinity
                }
                continue
            }
            let row = Int(UInt32(truncatingIfNeeded: keys[first + slot]))
            rows[first + slot] = UInt32(row)
            for dimension in 0..<dimensions {
                points[(first + slot) * dimensions + dimension] =
                    source.points[row * dimensions + dimension]
                coarse[dimension * Self.leafSize + slot] =
                    source.coarse(row, source.order[dimension])
            }
        }
    }

    /// Moves the points of the first leaves to the front: those with the smaller coordinates in the
    /// dimension in which the points differ most.
    private func split(
        _ leaves: Range<Int>, at middle: Int, source: PointSource,
        keys: UnsafeMutablePointer<UInt64>
    ) {
        let first = leaves.lowerBound * Self.leafSize
        let keys = UnsafeMutableBufferPointer(
            start: keys + first,
            count: min(leaves.upperBound * Self.leafSize, count) - first)
        let dimension = widestDimension(of: keys, source: source)
        for index in 0..<keys.count {
            let row = UInt32(truncatingIfNeeded: keys[index])
            keys[index] =
                UInt64(Self.ordered(source.coarse(Int(row), dimension))) << 32 | UInt64(row)
        }
        select((middle - leaves.lowerBound) * Self.leafSize, of: keys)
    }

    /// An integer that is greater where the number is greater.
    private static func ordered(_ value: Float) -> UInt32 {
        // Minus zero is zero.
        let bits = (value + 0).bitPattern
        return bits >> 31 == 0 ? bits | 1 << 31 : ~bits
    }

    private func widestDimension(
        of keys: UnsafeMutableBufferPointer<UInt64>, source: PointSource
    ) -> Int {
        // So many points tell enough.
        let step = max(1, keys.count / 2048)
        var widest = (dimension: 0, extent: -Float.infinity)
        for dimension in 0..<dimensions {
            var (low, high) = (Float.infinity, -Float.infinity)
            for index in stride(from: 0, to: keys.count, by: step) {
                let value = source.coarse(
                    Int(UInt32(truncatingIfNeeded: keys[index])), dimension)
                low = min(low, value)
                high = max(high, value)
            }
            if high - low > widest.extent { widest = (dimension, high - low) }
        }
        return widest.dimension
    }
}
