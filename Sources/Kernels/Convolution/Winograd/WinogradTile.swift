/// A linear map of a few values, eight channels side by side: one matrix of Winograd's algorithm.
protocol LinearMap {
    static var inputs: Int { get }
    static var outputs: Int { get }

    /// Writes `y = T x`.
    static func apply(_ x: (Int) -> Vector, _ y: (Int, Vector) -> Void)
}

extension LinearMap {
    /// Writes `Y = T X Tᵀ` of eight channels.
    ///
    /// - Parameters:
    ///   - x: Reads an element of X, `[inputs, inputs]`, by row and column.
    ///   - y: Takes an element of Y, `[outputs, outputs]`, by row and column.
    ///   - square: Room for `T X`.
    @inline(__always)
    static func applyToSquare(
        _ x: (Int, Int) -> Vector, _ y: (Int, Int, Vector) -> Void,
        square: UnsafeMutablePointer<Float>
    ) {
        for column in 0..<inputs {
            let square = square + column * Vector.scalarCount
            apply({ x($0, column) }, { square.store($1, at: $0 &* inputs &* Vector.scalarCount) })
        }
        for row in 0..<outputs {
            let square = square + row * inputs * Vector.scalarCount
            apply({ square.vector(at: $0 &* Vector.scalarCount) }, { y(row, $0, $1) })
        }
    }
}

/// The minimal algorithm F(m x m, 3 x 3), which computes a square of m x m outputs at once.
///
/// With a patch of the input D `[n, n]`, n = m + 2, and a filter g `[3, 3]`, the outputs are
///
///     Y = Aᵀ [(G g Gᵀ) ⊙ (Bᵀ D B)] A
///
/// which takes n² multiplications in place of 9 m². Over many channels, the products of equal
/// position become matrix products.
///
/// Source: Lavin and Gray, "Fast algorithms for convolutional neural networks", arXiv 1509.09308;
/// the matrices follow from polynomial interpolation at n - 1 points and infinity (Toom and Cook).
/// With M(x) the product of (x - p) over all points p, row p of Bᵀ holds the coefficients of
/// M(x) / (x - p), row p of G holds 1, p, p² divided by M'(p), and row i of Aᵀ the i-th powers.
///
/// The gradients are the transposed maps, so each matrix is there twice.
protocol WinogradTile {
    /// Bᵀ, n to n: from a patch of the input.
    associatedtype Input: LinearMap
    /// B, n to n: to the gradient of a patch of the input.
    associatedtype InputAdjoint: LinearMap
    /// Aᵀ, n to m: to the output.
    associatedtype Output: LinearMap
    /// A, m to n: from the gradient of the output.
    associatedtype OutputAdjoint: LinearMap
    /// G, 3 to n: from a filter.
    associatedtype Filter: LinearMap
    /// Gᵀ, n to 3: to the gradient of a filter.
    associatedtype FilterAdjoint: LinearMap
}

extension WinogradTile {
    /// m: the height and width of the outputs that are computed at once.
    static var outputSize: Int { Output.outputs }
    /// n: the height and width of the patch of the input that they see.
    static var inputSize: Int { Output.inputs }
    /// n²: the number of matrix products.
    static var pointCount: Int { inputSize * inputSize }
}
