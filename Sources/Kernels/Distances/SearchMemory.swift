/// The memory that one thread needs to search a tree of points.
package struct SearchMemory {
    /// `[dimensions]`.
    let query: UnsafeMutablePointer<Float>
    /// `[32]`.
    let distances: UnsafeMutablePointer<Float>
    /// What is still to be looked into.
    let stack: UnsafeMutablePointer<Visit>
    /// `[neighbors]`.
    let costs: UnsafeMutablePointer<Double>
    /// `[neighbors]`.
    let rows: UnsafeMutablePointer<UInt32>

    /// Allocates memory for points of so many coordinates, and so many nearest ones.
    package init(dimensions: Int, neighbors: Int = 0) {
        query = .allocate(capacity: dimensions)
        distances = .allocate(capacity: PointTree.leafSize)
        stack = .allocate(capacity: Self.stackSize)
        costs = .allocate(capacity: neighbors)
        rows = .allocate(capacity: neighbors)
    }

    package func deallocate() {
        query.deallocate()
        distances.deallocate()
        stack.deallocate()
        costs.deallocate()
        rows.deallocate()
    }

    /// Eight children for each level of a tree of all points that have a row of 32 bits.
    private static let stackSize = PointTree.fanOut * 16

    /// A child that is still to be looked into.
    struct Visit {
        /// Its squared distance.
        var distance: Float
        /// Its number, or its complement where it is a leaf.
        var child: Int32
        /// Its lowest row.
        var lowestRow: UInt32
    }
}
