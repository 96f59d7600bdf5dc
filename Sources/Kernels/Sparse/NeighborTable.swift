/// The neighbors of each row, as many for each, in ascending order.
package struct NeighborTable: @unchecked Sendable {
    /// The number of rows.
    package let count: Int
    /// The number of neighbors of a row.
    package let width: Int
    /// `[count, width]`.
    package let rows: UnsafeMutablePointer<UInt32>
    /// `[count, width]`.
    package let weights: UnsafeMutablePointer<Float>

    package init(
        count: Int, width: Int, rows: UnsafeMutablePointer<UInt32>,
        weights: UnsafeMutablePointer<Float>
    ) {
        self.count = count
        self.width = width
        self.rows = rows
        self.weights = weights
    }

    /// Puts a neighbor among the first `found` ones of a row, in the order of the rows.
    @inline(__always)
    package func insert(_ neighbor: UInt32, weight: Float, of row: Int, found: Int) {
        let (rows, weights) = (rows + row &* width, weights + row &* width)
        var place = found
        while place > 0, rows[place &- 1] > neighbor {
            rows[place] = rows[place &- 1]
            weights[place] = weights[place &- 1]
            place &-= 1
        }
        rows[place] = neighbor
        weights[place] = weight
    }

    /// Whether a row has a neighbor.
    @inline(__always)
    private func has(_ row: Int, _ neighbor: UInt32) -> Bool {
        let rows = rows + row &* width
        var (low, high) = (0, width)
        while low < high {
            let middle = (low &+ high) / 2
            if rows[middle] < neighbor { low = middle &+ 1 } else { high = middle }
        }
        return low < width && rows[low] == neighbor
    }

    /// Notes which neighbors of rows have the row as their neighbor, too.
    ///
    /// - Parameters:
    ///   - range: The rows.
    ///   - isMutual: `[count, width]`.
    package func findMutual(_ range: Range<Int>, into isMutual: UnsafeMutablePointer<Bool>) {
        for row in range {
            for index in row &* width..<(row &+ 1) &* width {
                isMutual[index] = has(Int(rows[index]), UInt32(truncatingIfNeeded: row))
            }
        }
    }

    /// Counts the edges of each row if rows are joined that are mutual neighbors.
    package func countMutual(
        _ isMutual: UnsafePointer<Bool>, into degrees: UnsafeMutablePointer<Int>
    ) {
        for row in 0..<count {
            var degree = 0
            for index in row &* width..<(row &+ 1) &* width where isMutual[index] { degree &+= 1 }
            degrees[row] = degree
        }
    }

    /// Counts the edges of each row if rows are joined of which one is the neighbor of the other.
    package func countAll(
        _ isMutual: UnsafePointer<Bool>, into degrees: UnsafeMutablePointer<Int>
    ) {
        for row in 0..<count { degrees[row] = width }
        for index in 0..<count &* width where !isMutual[index] { degrees[Int(rows[index])] &+= 1 }
    }

    /// Writes the edges of rows that are joined to mutual neighbors.
    ///
    /// - Parameters:
    ///   - range: The rows.
    ///   - isMutual: `[count, width]`.
    ///   - offsets: Where the edges of each row begin.
    ///   - targets: The row at the other end of each edge.
    ///   - edgeWeights: The weight of each edge.
    package func writeMutual(
        _ range: Range<Int>, _ isMutual: UnsafePointer<Bool>, offsets: UnsafePointer<Int>,
        targets: UnsafeMutablePointer<UInt32>, edgeWeights: UnsafeMutablePointer<Float>
    ) {
        for row in range {
            var edge = offsets[row]
            for index in row &* width..<(row &+ 1) &* width where isMutual[index] {
                targets[edge] = rows[index]
                edgeWeights[edge] = weights[index]
                edge &+= 1
            }
        }
    }

    /// Writes the edges to rows of which a row is the neighbor, and which are not its neighbors.
    ///
    /// As rows are visited in their order, the edges of each come in the order of their targets.
    ///
    /// - Parameters:
    ///   - isMutual: `[count, width]`.
    ///   - ends: Where the next such edge of each row belongs; moved on behind it.
    ///   - targets: The row at the other end of each edge.
    ///   - edgeWeights: The weight of each edge.
    package func writeReverse(
        _ isMutual: UnsafePointer<Bool>, ends: UnsafeMutablePointer<Int>,
        targets: UnsafeMutablePointer<UInt32>, edgeWeights: UnsafeMutablePointer<Float>
    ) {
        for row in 0..<count {
            for index in row &* width..<(row &+ 1) &* width where !isMutual[index] {
                let edge = ends[Int(rows[index])]
                targets[edge] = UInt32(truncatingIfNeeded: row)
                edgeWeights[edge] = weights[index]
                ends[Int(rows[index])] = edge &+ 1
            }
        }
    }

    /// Merges the neighbors of rows into the reverse edges that stand where their edges begin.
    ///
    /// - Parameters:
    ///   - range: The rows.
    ///   - offsets: Where the edges of each row begin.
    ///   - targets: The row at the other end of each edge.
    ///   - edgeWeights: The weight of each edge.
    package func mergeNeighbors(
        _ range: Range<Int>, offsets: UnsafePointer<Int>,
        targets: UnsafeMutablePointer<UInt32>, edgeWeights: UnsafeMutablePointer<Float>
    ) {
        for row in range {
            // From the back, where there is room.
            let first = row &* width
            var edge = offsets[row &+ 1] &- 1
            var reverse = edge &- width
            var own = first &+ width &- 1
            while own >= first {
                if reverse >= offsets[row], targets[reverse] > rows[own] {
                    targets[edge] = targets[reverse]
                    edgeWeights[edge] = edgeWeights[reverse]
                    reverse &-= 1
                } else {
                    targets[edge] = rows[own]
                    edgeWeights[edge] = weights[own]
                    own &-= 1
                }
                edge &-= 1
            }
        }
    }
}
