import Kernels
import Testing

struct PictureErasingTests {
    @Test func erasingFillsItsRectangleAlone() throws {
        let erasing = PictureErasing(rows: 2..<5, columns: 3..<4, seed: 9)
        var inputs = [Float](repeating: 77, count: 6 * 8 * 3)
        try inputs.withUnsafeMutableBufferPointer { buffer in
            erasing.apply(
                to: try #require(buffer.baseAddress), width: 8, channels: 3,
                scaling: SampleScaling(mean: 0.4, spread: 0.3))
        }
        for (index, value) in inputs.enumerated() {
            let (row, column) = (index / 24, index / 3 % 8)
            let isErased = (2..<5).contains(row) && column == 3
            #expect((value != 77) == isErased, "\(row), \(column)")
        }
        #expect(Set(inputs).count > 5)
    }
}
