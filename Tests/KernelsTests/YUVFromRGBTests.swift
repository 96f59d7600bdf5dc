import Kernels
import Testing
import _TestSupport

struct YUVFromRGBTests {
    private func convert(_ rgb: [UInt8], width: Int, height: Int) -> (YUVShape, [UInt8]) {
        let shape = YUVShape.planar(
            height: height, width: width, lumaStride: width, rowsPerColor: 2, columnsPerColor: 2)
        let source = GuardedBytes(rgb, guarding: .back)
        let target = GuardedBytes(Array(repeating: 7, count: shape.byteCount), guarding: .back)
        sharedYUVFromRGB(UnsafeBufferPointer(source.bytes), into: target.bytes, shape: shape)
        return (shape, target.elements)
    }

    @Test("What the recommendation says", arguments: [(1, 1), (2, 2), (3, 5), (8, 4), (17, 3)])
    func samplesAreThoseOfTheOracle(width: Int, height: Int) {
        let rgb = noise(3 * width * height)
        let (shape, yuv) = convert(rgb, width: width, height: height)
        func color(_ row: Int, _ column: Int) -> [Double] {
            let pixel = min(row, height - 1) * width + min(column, width - 1)
            return (0..<3).map { Double(rgb[3 * pixel + $0]) / 255 }
        }
        func luma(_ color: [Double]) -> Double {
            0.299 * color[0] + 0.587 * color[1] + 0.114 * color[2]
        }
        for row in 0..<height {
            for column in 0..<width {
                let exact = 16 + 219 * luma(color(row, column))
                #expect(abs(Double(yuv[row * width + column]) - exact) < 0.51)
                guard row % 2 == 0, column % 2 == 0 else { continue }
                let mean = (0..<3).map { channel in
                    (0..<4).map { color(row + $0 / 2, column + $0 % 2)[channel] }.reduce(0, +) / 4
                }
                let place = row / 2 * shape.blue.stride + column / 2
                let blue = 128 + 224 * (mean[2] - luma(mean)) / (2 * (1 - 0.114))
                let red = 128 + 224 * (mean[0] - luma(mean)) / (2 * (1 - 0.299))
                #expect(abs(Double(yuv[shape.blue.offset + place]) - blue) < 0.52)
                #expect(abs(Double(yuv[shape.red.offset + place]) - red) < 0.52)
            }
        }
    }

    @Test func graysHaveNoColor() {
        for gray in [0, 1, 77, 128, 254, 255] as [UInt8] {
            let (_, yuv) = convert(Array(repeating: gray, count: 12), width: 2, height: 2)
            #expect(Array(yuv[4...]) == [128, 128])
        }
    }
}
