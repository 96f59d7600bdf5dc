import Testing

@testable import Kernels

@Suite struct PairedStridesTests {
    @Test func mergesAxesThatBothArraysWalkWithoutAJump() {
        let dense = PairedStrides(lengths: [2, 3, 4], first: [12, 4, 1], second: [12, 4, 1])
        #expect(dense.rowCount == 1)
        #expect(dense.rowLength == 24)
        let row = PairedStrides(lengths: [2, 3, 4], first: [12, 4, 1], second: [0, 0, 1])
        #expect(row.rowCount == 6)
        #expect(row.rowLength == 4)
        let column = PairedStrides(lengths: [2, 3, 4], first: [12, 4, 1], second: [1, 0, 0])
        #expect(column.rowCount == 2)
        #expect(column.rowLength == 12)
        #expect((column.firstStep, column.secondStep) == (1, 0))
    }

    @Test func startsRowsWhereTheyLie() {
        // Axes of length 1 are dropped.
        let walk = PairedStrides(
            lengths: [2, 1, 3, 2], first: [6, 9, 1, 3], second: [6, 9, 2, 1])
        #expect(walk.rowCount == 6)
        for row in 0..<6 {
            let start = walk.start(ofRow: row)
            #expect(start.first == row / 3 * 6 + row % 3)
            #expect(start.second == row / 3 * 6 + row % 3 * 2)
        }
    }

    @Test func handlesNothingAndScalars() {
        #expect(PairedStrides(lengths: [], first: [], second: []).rowCount == 1)
        #expect(PairedStrides(lengths: [], first: [], second: []).rowLength == 1)
        #expect(PairedStrides(lengths: [3, 0], first: [0, 1], second: [0, 1]).rowCount == 0)
        #expect(PairedStrides(lengths: [0, 3], first: [3, 1], second: [0, 1]).rowCount == 0)
    }
}
