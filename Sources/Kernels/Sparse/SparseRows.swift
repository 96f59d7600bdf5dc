/// What is made of the weight of an edge.
package enum SparseRowElement: Sendable {
    /// 1 / (1 + weight).
    case reciprocal
    /// The weight, or 0 where it is negative.
    case positive
}

/// A symmetric matrix in compressed sparse rows, whose elements are made of the weights of edges.
///
/// Targets beyond the last column count as the last one: a damaged file leads nowhere else.
package struct SparseRows<Weight: BinaryFloatingPoint> {
    /// The number of rows, and of columns.
    package let count: Int
    /// `[rows + 1]`: where the elements of each row begin.
    package let offsets: UnsafePointer<Int>
    /// The column of each element.
    package let targets: UnsafePointer<UInt32>
    /// The weight of each element.
    package let weights: UnsafePointer<Weight>
    /// What an element is made of.
    package let element: SparseRowElement

    package init(
        count: Int, offsets: UnsafePointer<Int>, targets: UnsafePointer<UInt32>,
        weights: UnsafePointer<Weight>, element: SparseRowElement
    ) {
        self.count = count
        self.offsets = offsets
        self.targets = targets
        self.weights = weights
        self.element = element
    }

    /// Calls the body with the column and the value of each element of a row.
    @inline(__always)
    func forEachElement(of row: Int, _ body: (_ column: Int, _ value: Double) -> Void) {
        var index = offsets[row]
        let end = offsets[row &+ 1]
        while index < end {
            let weight = Double(weights[index])
            let value = element == .reciprocal ? 1 / (1 + weight) : max(0, weight)
            body(min(Int(targets[index]), count &- 1), value)
            index &+= 1
        }
    }
}

/// Adds up the elements of rows of a matrix.
package func rowSums(
    of matrix: SparseRows<Float>, rows: Range<Int>, into sums: UnsafeMutablePointer<Double>
) { addRows(of: matrix, rows: rows, into: sums) }

package func rowSums(
    of matrix: SparseRows<Double>, rows: Range<Int>, into sums: UnsafeMutablePointer<Double>
) { addRows(of: matrix, rows: rows, into: sums) }

@inline(__always)
private func addRows(
    of matrix: SparseRows<some BinaryFloatingPoint>, rows: Range<Int>,
    into sums: UnsafeMutablePointer<Double>
) {
    for row in rows {
        var sum = 0.0
        matrix.forEachElement(of: row) { _, value in sum += value }
        sums[row] = sum
    }
}

/// Multiplies rows of a matrix by a vector.
///
/// - Parameters:
///   - matrix: The matrix, `[rows, columns]`.
///   - rows: Which rows.
///   - vector: `[columns]`.
///   - product: `[rows]`, of which those rows are written.
package func multiply(
    _ matrix: SparseRows<Float>, rows: Range<Int>, by vector: UnsafePointer<Double>,
    into product: UnsafeMutablePointer<Double>
) { multiplyRows(matrix, rows: rows, by: vector, into: product) }

package func multiply(
    _ matrix: SparseRows<Double>, rows: Range<Int>, by vector: UnsafePointer<Double>,
    into product: UnsafeMutablePointer<Double>
) { multiplyRows(matrix, rows: rows, by: vector, into: product) }

@inline(__always)
private func multiplyRows(
    _ matrix: SparseRows<some BinaryFloatingPoint>, rows: Range<Int>,
    by vector: UnsafePointer<Double>, into product: UnsafeMutablePointer<Double>
) {
    for row in rows {
        var sum = 0.0
        matrix.forEachElement(of: row) { column, value in sum += value * vector[column] }
        product[row] = sum
    }
}
