/// Points in space, sorted into leaves of points that lie together, under a tree of boxes.
///
/// Leaves and boxes hold Floats that are near the points, moved and scaled so that none is greater
/// than 1: they tell quickly which points cannot be near. The points themselves, in Double, decide
/// about the rest.
package struct PointTree: @unchecked Sendable {
    /// The number of points.
    package let count: Int
    /// The number of coordinates of a point.
    package let dimensions: Int
    /// What Doubles are multiplied by to become Floats.
    package let scale: Double

    /// `[leaves, dimensions, 32]`: the points as Floats, with the dimension first that varies most.
    package let coarse: UnsafeMutablePointer<Float>
    /// `[leaves * 32, dimensions]`: the points as they are, in the order of the leaves.
    package let points: UnsafeMutablePointer<Double>
    /// `[leaves * 32]`: the row of each point.
    package let rows: UnsafeMutablePointer<UInt32>
    /// `[nodes, dimensions, 2, 8]`: the lower and upper bounds of the boxes of a node's children.
    package let boxes: UnsafeMutablePointer<Float>
    /// `[nodes, 8]`: the number of a child, or its complement where it is a leaf.
    package let children: UnsafeMutablePointer<Int32>
    /// `[nodes, 8]`: the lowest row in each child.
    package let lowestRows: UnsafeMutablePointer<UInt32>

    /// Points in a leaf.
    package static let leafSize = 32
    /// Children of a node.
    package static let fanOut = 8

    package init(
        count: Int, dimensions: Int, scale: Double, coarse: UnsafeMutablePointer<Float>,
        points: UnsafeMutablePointer<Double>, rows: UnsafeMutablePointer<UInt32>,
        boxes: UnsafeMutablePointer<Float>, children: UnsafeMutablePointer<Int32>,
        lowestRows: UnsafeMutablePointer<UInt32>
    ) {
        self.count = count
        self.dimensions = dimensions
        self.scale = scale
        self.coarse = coarse
        self.points = points
        self.rows = rows
        self.boxes = boxes
        self.children = children
        self.lowestRows = lowestRows
    }

    /// The number of leaves of so many points, of which the last one may not be full.
    package static func leafCount(of points: Int) -> Int {
        (points + leafSize - 1) / leafSize
    }

    /// The number of nodes above so many leaves.
    package static func nodeCount(above leaves: Int) -> Int {
        1 + parts(of: 0..<leaves).reduce(0) { $0 + ($1.count > 1 ? nodeCount(above: $1.count) : 0) }
    }

    /// The leaves below each child of a node: up to eight ranges of about the same length.
    static func parts(of leaves: Range<Int>) -> [Range<Int>] {
        var parts = [leaves]
        while parts.count < fanOut, parts.contains(where: { $0.count > 1 }) {
            parts = parts.flatMap { part in
                let middle = part.lowerBound + (part.count + 1) / 2
                return part.count > 1
                    ? [part.lowerBound..<middle, middle..<part.upperBound] : [part]
            }
        }
        return parts
    }

    /// The number of points in a leaf.
    @inline(__always)
    func size(ofLeaf leaf: Int) -> Int {
        min(count &- leaf &* Self.leafSize, Self.leafSize)
    }

    /// The Floats of a leaf, `[dimensions, 32]`.
    @inline(__always)
    func coarse(ofLeaf leaf: Int) -> UnsafeMutablePointer<Float> {
        coarse + leaf &* dimensions &* Self.leafSize
    }

    /// The boxes of a node's children, `[dimensions, 2, 8]`.
    @inline(__always)
    func boxes(ofNode node: Int) -> UnsafeMutablePointer<Float> {
        boxes + node &* dimensions &* (2 * Self.fanOut)
    }
}
