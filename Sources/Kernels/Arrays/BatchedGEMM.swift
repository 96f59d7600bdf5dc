/// Multiplies stacks of dense matrices, pair by pair.
///
/// `walk` says how the matrices of `a`, `[rows, depth]`, and those of `b`, `[depth, columns]`, follow
/// one another; `result` receives the products, `[rows, columns]`, densely.
package func multiplyMatrices(
    _ walk: PairedStrides, _ gemm: GEMM,
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, result: UnsafeMutablePointer<Float>
) {
    var product = result
    for row in 0..<walk.rowCount {
        let start = walk.start(ofRow: row)
        for index in 0..<walk.rowLength {
            gemm(
                a + start.first + index * walk.firstStep,
                b + start.second + index * walk.secondStep, product)
            product += gemm.rows * gemm.columns
        }
    }
}
