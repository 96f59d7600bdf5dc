import Testing
import _TestSupport

@testable import Kernels

/// A picture, its tables row by row, and what is to stand in them.
private struct Tables {
    let layout: SumLayout
    let width: Int
    let pixels: [[Int]]
    var sums, squares, tilted: [Int32]

    init(width: Int, height: Int, step: Int, pixel: (Int, Int) -> Int) {
        layout = SumLayout(stride: SumLayout.stride(forWidth: width), step: step)
        self.width = width
        pixels = (0..<height).map { row in (0..<width).map { pixel(row, $0) } }
        // A row of zeros lies above the table.
        let count = (height + 2) * layout.stride
        sums = [Int32](repeating: 0, count: count)
        squares = sums
        tilted = sums
        var above = [UInt8](repeating: 0, count: width)
        for row in 0..<height {
            let samples = pixels[row].map { UInt8($0) }
            let start = (row + 2) * layout.stride
            withPointer(to: &sums) { sums in
                integralRow(samples, width: width, layout: layout, sums: sums + start)
            }
            withPointer(to: &squares) { squares in
                integralRow(samples, width: width, layout: layout, sums: squares + start) {
                    $0 * $0
                }
            }
            withPointer(to: &tilted) { tilted in
                tiltedRow(
                    samples, above: above, width: width, layout: layout, sums: tilted + start)
            }
            above = samples
        }
    }

    func entry(_ table: [Int32], x: Int, y: Int) -> Int {
        Int(table[layout.stride + layout.offset(x: x, y: y)])
    }

    /// The sum of the pixels where a condition holds.
    func sum(where isIn: (_ x: Int, _ y: Int) -> Bool, of value: (Int) -> Int) -> Int {
        pixels.enumerated().reduce(0) { sum, row in
            row.element.enumerated().reduce(sum) { sum, pixel in
                isIn(pixel.offset, row.offset) ? sum + value(pixel.element) : sum
            }
        }
    }
}

private func withPointer(
    to table: inout [Int32], _ body: (UnsafeMutablePointer<Int32>) -> Void
) {
    body(&table)
}

struct IntegralRowTests {
    @Test("Each corner has the sum of all pixels above and to the left", arguments: [1, 2])
    func sumsUp(step: Int) {
        forEvery("width", [1, 2, 7, 8, 9, 16, 17, 31, 40]) { width in
            let tables = Tables(width: width, height: 9, step: step) { row, column in
                (row * 57 + column * 91 + row * column) % 256
            }
            for y in 0...9 {
                for x in 0...width {
                    let sum = tables.sum(where: { $0 < x && $1 < y }, of: { $0 })
                    let squares = tables.sum(where: { $0 < x && $1 < y }, of: { $0 * $0 })
                    let place = "\(SweepTrace.description), x \(x), y \(y)"
                    #expect(tables.entry(tables.sums, x: x, y: y) == sum, "\(place)")
                    #expect(tables.entry(tables.squares, x: x, y: y) == squares, "\(place)")
                }
            }
        }
    }

    @Test("Each corner has the sum of the triangle above it", arguments: [1, 2])
    func sumsUpTriangles(step: Int) {
        forEvery("width", [1, 2, 7, 8, 15]) { width in
            let tables = Tables(width: width, height: 10, step: step) { row, column in
                (row * 37 + column * 73) % 256
            }
            for y in 0...10 {
                for x in 0...width {
                    let sum = tables.sum(
                        where: { $1 < y && abs($0 - x + 1) <= y - $1 - 1 }, of: { $0 })
                    #expect(
                        tables.entry(tables.tilted, x: x, y: y) == sum,
                        "\(SweepTrace.description), x \(x), y \(y)")
                }
            }
        }
    }

    @Test func differencesSurviveOverflow() {
        let tables = Tables(width: 300, height: 200, step: 1) { _, _ in 255 }
        // 300 x 200 x 255² is nearly twice what 31 bits hold.
        let whole = tables.squares[tables.layout.stride + tables.layout.offset(x: 300, y: 200)]
        let rest = tables.squares[tables.layout.stride + tables.layout.offset(x: 300, y: 190)]
        #expect(whole < 0)
        #expect(whole &- rest == 300 * 10 * 255 * 255)
    }
}
