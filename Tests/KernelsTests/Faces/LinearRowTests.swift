import Testing

@testable import Kernels

struct LinearRowTests {
    /// Three rows of `width` samples.
    private func source(width: Int) -> [UInt8] {
        (0..<3 * width).map { UInt8(($0 * 89 + 31) % 256) }
    }

    private func row(
        _ source: [UInt8], width: Int, row: LinearTap, columns: [LinearTap]
    ) -> [UInt8] {
        var target = [UInt8](repeating: 0, count: columns.count)
        var scratch = [UInt16](repeating: 0, count: width + 1)
        columns.withUnsafeBufferPointer { columns in
            linearRow(
                source, width: width, row: row, columns: columns, scratch: &scratch, into: &target)
        }
        return target
    }

    @Test func copiesWhereNothingIsBetween() {
        let source = source(width: 21)
        let columns = (0..<21).map { LinearTap(start: $0, weight: 0) }
        let result = row(
            source, width: 21, row: LinearTap(start: 2, weight: 0), columns: columns)
        #expect(result == Array(source[42...]))
    }

    @Test("Weighs four samples and rounds once")
    func interpolates() {
        let width = 19
        let source = source(width: width)
        let columns = (0..<width - 1).map { LinearTap(start: Int32($0), weight: Int32($0 * 14)) }
        for weight in [0, 1, 77, 128, 255, 256] {
            let result = row(
                source, width: width, row: LinearTap(start: 1, weight: Int32(weight)),
                columns: columns)
            for (column, tap) in columns.enumerated() {
                func sample(_ row: Int, _ column: Int) -> Int { Int(source[row * width + column]) }
                let right = Int(tap.weight)
                let upper = sample(1, column) * (256 - right) + sample(1, column + 1) * right
                let lower = sample(2, column) * (256 - right) + sample(2, column + 1) * right
                let sum = upper * (256 - weight) + lower * weight
                #expect(Int(result[column]) == (sum + 32_768) / 65_536)
            }
        }
    }
}
