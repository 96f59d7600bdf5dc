/// Eight floats: what the kernels read, compute and write at a time.
///
/// Without further flags the compiler emits two SSE instructions for each; with
/// `-Xcc -march=x86-64-v3` one AVX instruction.
package typealias Vector = SIMD8<Float>

extension UnsafePointer<Float> {
    /// The eight floats from `index` on, on any 4-byte boundary.
    @inline(__always)
    func vector(at index: Int) -> Vector {
        UnsafeRawPointer(self + index).loadUnaligned(as: Vector.self)
    }
}

extension UnsafeMutablePointer<Float> {
    /// The eight floats from `index` on, on any 4-byte boundary.
    @inline(__always)
    func vector(at index: Int) -> Vector {
        UnsafeRawPointer(self + index).loadUnaligned(as: Vector.self)
    }

    /// Writes eight floats from `index` on, on any 4-byte boundary.
    @inline(__always)
    func store(_ vector: Vector, at index: Int) {
        UnsafeMutableRawPointer(self + index).storeBytes(of: vector, as: Vector.self)
    }
}

/// Adds `count` floats of `source` to `target`.
package func accumulate(
    _ source: UnsafePointer<Float>, into target: UnsafeMutablePointer<Float>, count: Int
) {
    var index = 0
    while index + Vector.scalarCount <= count {
        target.store(target.vector(at: index) + source.vector(at: index), at: index)
        index += Vector.scalarCount
    }
    while index < count {
        target[index] += source[index]
        index += 1
    }
}

/// Adds every row of `matrix`, `[rows, columns]`, to `sums`, `[columns]`.
package func accumulateRows(
    _ matrix: UnsafePointer<Float>, rows: Int, columns: Int,
    into sums: UnsafeMutablePointer<Float>
) {
    for row in 0..<rows {
        accumulate(matrix + row * columns, into: sums, count: columns)
    }
}

/// Writes the vector `row`, `[columns]`, to every row of `matrix`, `[rows, columns]`.
package func broadcastRow(
    _ row: UnsafePointer<Float>, rows: Int, columns: Int,
    into matrix: UnsafeMutablePointer<Float>
) {
    for index in 0..<rows {
        (matrix + index * columns).update(from: row, count: columns)
    }
}

/// Writes the transpose of `matrix`, `[rows, columns]`, to `target`, `[columns, rows]`.
package func transpose(
    _ matrix: UnsafePointer<Float>, rows: Int, columns: Int,
    into target: UnsafeMutablePointer<Float>
) {
    // Blocks, so that the lines of both matrices stay in the cache while they are used.
    let block = 16
    for rowStart in stride(from: 0, to: rows, by: block) {
        for columnStart in stride(from: 0, to: columns, by: block) {
            for row in rowStart..<min(rowStart + block, rows) {
                for column in columnStart..<min(columnStart + block, columns) {
                    target[column * rows + row] = matrix[row * columns + column]
                }
            }
        }
    }
}
