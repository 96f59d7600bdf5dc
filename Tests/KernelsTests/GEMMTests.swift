import Kernels
import Tensor
import Testing
import _TestSupport

struct GEMMTests {
    @Test(arguments: [false, true], [false, true])
    func productsOfDenseMatrices(transposesA: Bool, transposesB: Bool) {
        forEvery("rows", [1, 3, 17]) { rows in
            forEvery("columns", [1, 5, 16, 33]) { columns in
                forEvery("depth", [1, 7, 40]) { depth in
                    var source = RandomSource(seed: 1)
                    let a = source.values(rows * depth)
                    let b = source.values(depth * columns)
                    let before = source.values(rows * columns)
                    var c = before
                    GEMM(
                        rows: rows, columns: columns, depth: depth, transposesA: transposesA,
                        transposesB: transposesB, alpha: 0.5, beta: 2)(a, b, &c)
                    let product = Oracle.product(
                        matrix(a, rows, depth, isTransposed: transposesA),
                        matrix(b, depth, columns, isTransposed: transposesB))
                    let expected = zip(product.values, before).map { 0.5 * $0 + 2 * Double($1) }
                    #expect(deviation(of: c, from: expected) <= 1e-6, "\(SweepTrace.description)")
                }
            }
        }
    }

    /// A matrix that may lie transposed in memory.
    private func matrix(
        _ elements: [Float], _ rows: Int, _ columns: Int, isTransposed: Bool
    ) -> ReferenceArray {
        isTransposed
            ? Oracle.transposed(ReferenceArray(elements, shape: [columns, rows]))
            : ReferenceArray(elements, shape: [rows, columns])
    }

    @Test func stridesLeaveTheRestAlone() {
        // The products of the left two columns of a [2, 3] and the left one of a [2, 2] matrix.
        let a: [Float] = [1, 2, 99, 3, 4, 99]
        let b: [Float] = [5, 99, 6, 99]
        var c: [Float] = [0, 7, 0, 7]
        GEMM(rows: 2, columns: 1, depth: 2, strideA: 3, strideB: 2, strideC: 2)(a, b, &c)
        #expect(c == [17, 7, 39, 7])
    }

    @Test func nothingTimesNothing() {
        var c: [Float] = [3]
        GEMM(rows: 0, columns: 1, depth: 1)([1], [1], &c)
        #expect(c == [3])
    }

    @Test func saysWhichOpenBLASItIs() {
        #expect(blasConfiguration.hasPrefix("OpenBLAS"))
    }
}
