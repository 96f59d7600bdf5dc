import Kernels
import Tensor
import Testing
import _TestSupport

struct VectorTests {
    @Test(arguments: [0, 1, 7, 8, 9, 16, 31])
    func accumulation(count: Int) {
        var source = RandomSource(seed: 1)
        let addend = source.values(count)
        let before = source.values(count + 1)
        var sum = before
        accumulate(addend, into: &sum, count: count)
        #expect(Array(sum[..<count]) == zip(before, addend).map { $0 + $1 })
        #expect(sum[count] == before[count])
    }

    @Test func rows() {
        forEvery("rows", [0, 1, 5]) { rows in
            forEvery("columns", [1, 8, 11]) { columns in
                var source = RandomSource(seed: 1)
                let matrix = source.values(rows * columns)
                var sums = [Float](repeating: 1, count: columns)
                accumulateRows(matrix, rows: rows, columns: columns, into: &sums)
                let expected = (0..<columns).map { column in
                    (0..<rows).reduce(1) { $0 + Double(matrix[$1 * columns + column]) }
                }
                #expect(deviation(of: sums, from: expected) <= 1e-6, "\(SweepTrace.description)")

                var copies = [Float](repeating: 0, count: rows * columns)
                broadcastRow(sums, rows: rows, columns: columns, into: &copies)
                #expect(copies == (0..<rows).flatMap { _ in sums }, "\(SweepTrace.description)")
            }
        }
    }

    @Test func transposition() {
        forEvery("rows", [1, 3, 16, 17, 40]) { rows in
            forEvery("columns", [1, 5, 16, 33]) { columns in
                let matrix = (0..<(rows * columns)).map(Float.init)
                var transposed = [Float](repeating: -1, count: rows * columns)
                transpose(matrix, rows: rows, columns: columns, into: &transposed)
                let expected = Oracle.transposed(ReferenceArray(matrix, shape: [rows, columns]))
                #expect(
                    deviation(of: transposed, from: expected.values) == 0,
                    "\(SweepTrace.description)")
            }
        }
    }
}
