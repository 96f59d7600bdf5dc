import Testing

@testable import Kernels

struct SparseRowsTests {
    /// Three rows, of which the second is empty: (0, 2), (2, 0), (2, 2).
    private let offsets = [0, 1, 1, 3]
    private let weights = [3, -0.5, 1.0]

    /// The sums of all rows and their products with a vector.
    private func results(
        _ element: SparseRowElement, targets: [UInt32] = [2, 0, 2]
    ) throws -> (sums: [Double], product: [Double]) {
        var sums = [Double](repeating: .nan, count: 3)
        var product = sums
        try offsets.withUnsafeBufferPointer { offsets in
            try targets.withUnsafeBufferPointer { targets in
                try weights.withUnsafeBufferPointer { weights in
                    let matrix = SparseRows(
                        count: 3, offsets: try #require(offsets.baseAddress),
                        targets: try #require(targets.baseAddress),
                        weights: try #require(weights.baseAddress), element: element)
                    rowSums(of: matrix, rows: 0..<2, into: &sums)
                    rowSums(of: matrix, rows: 2..<3, into: &sums)
                    multiply(matrix, rows: 0..<3, by: [10, 100, 1000], into: &product)
                }
            }
        }
        return (sums, product)
    }

    @Test func positiveWeightsCount() throws {
        let (sums, product) = try results(.positive)
        #expect(sums == [3, 0, 1])
        #expect(product == [3000, 0, 1000])
    }

    @Test func nearOnesCountMore() throws {
        let (sums, product) = try results(.reciprocal)
        #expect(sums == [0.25, 0, 2.5])
        #expect(product == [250, 0, 520])
    }

    @Test func columnsThatThereAreNotCountAsTheLast() throws {
        #expect(try results(.positive, targets: [.max, 0, 3]).product == [3000, 0, 1000])
    }
}
