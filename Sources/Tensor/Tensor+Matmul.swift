import Kernels

/// The product of two matrices, or of two stacks of matrices.
///
/// - Parameters:
///   - a: `[..., rows, depth]`.
///   - b: `[..., depth, columns]`.
/// - Returns: `[..., rows, columns]`; the axes in front are broadcast to a common shape.
/// - Precondition: Both have two axes or more, the depths are equal, and the axes in front can be
///   broadcast.
/// - Complexity: O(`rows * columns * depth`) for each pair of matrices.
public func matmul(_ a: Tensor, _ b: Tensor) -> Tensor {
    let shapes = "shapes \(a.shape) and \(b.shape)"
    require(a.rank >= 2 && b.rank >= 2, "matmul: \(shapes) do not both have 2 axes or more")
    let (rows, depth) = (a.shape[a.rank - 2], a.shape[a.rank - 1])
    let columns = b.shape[b.rank - 1]
    require(
        b.shape[b.rank - 2] == depth,
        "matmul: \(shapes) do not fit: \(depth) columns on the left, \(b.shape[b.rank - 2]) rows on "
            + "the right")
    let frontA = Shape(Array(a.shape.dropLast(2)))
    let frontB = Shape(Array(b.shape.dropLast(2)))
    guard let front = frontA.broadcast(with: frontB) else {
        misuse("matmul: \(shapes) do not fit: the axes in front cannot be broadcast")
    }
    let result = Shape(front.dimensions + [rows, columns])
    // BLAS refuses row lengths of 0.
    guard depth > 0 else { return Tensor(zeros: result) }

    let walk = PairedStrides(
        lengths: front.dimensions,
        first: frontA.strides(broadcastTo: front).map { $0 * rows * depth },
        second: frontB.strides(broadcastTo: front).map { $0 * depth * columns })
    return Tensor(shape: result) { product in
        a.withPointer { a in
            b.withPointer { b in
                multiplyMatrices(
                    walk, GEMM(rows: rows, columns: columns, depth: depth), a, b, result: product)
            }
        }
    }
}
