import Foundation
import Kernels
import Testing

struct PictureBlurTests {
    /// The slow readable version, in Double: a bell in two dimensions at once.
    private func oracle(
        _ inputs: [Float], height: Int, width: Int, channels: Int, deviation: Double
    ) -> [Double] {
        let radius = max(1, Int((3 * deviation).rounded(.up)))
        func weight(_ distance: Int) -> Double {
            exp(-Double(distance * distance) / (2 * deviation * deviation))
        }
        let sum = (-radius...radius).map(weight).reduce(0, +)
        var result: [Double] = []
        for row in 0..<height {
            for column in 0..<width {
                for channel in 0..<channels {
                    var value = 0.0
                    for y in -radius...radius {
                        for x in -radius...radius {
                            let (row, column) = (
                                min(max(row + y, 0), height - 1), min(max(column + x, 0), width - 1)
                            )
                            value +=
                                weight(y) * weight(x) / (sum * sum)
                                * Double(inputs[(row * width + column) * channels + channel])
                        }
                    }
                    result.append(value)
                }
            }
        }
        return result
    }

    private func blurred(
        _ inputs: [Float], height: Int, width: Int, channels: Int, deviation: Float
    ) throws -> [Float] {
        var inputs = inputs
        try inputs.withUnsafeMutableBufferPointer {
            PictureBlur(deviation: deviation).apply(
                to: try #require($0.baseAddress), height: height, width: width, channels: channels)
        }
        return inputs
    }

    @Test(arguments: [(1, 1, 1), (5, 9, 1), (7, 4, 3), (1, 6, 1), (48, 48, 1)])
    func equalsTheOracle(height: Int, width: Int, channels: Int) throws {
        let noise = PixelNoise(seed: 3)
        let inputs = (0..<height * width * channels).map { noise.normal(at: $0) }
        for deviation in [Float(0.05), 0.7, 1.44, 4] {
            let result = try blurred(
                inputs, height: height, width: width, channels: channels, deviation: deviation)
            let expected = oracle(
                inputs, height: height, width: width, channels: channels,
                deviation: Double(deviation))
            for (value, expected) in zip(result, expected) {
                #expect(abs(Double(value) - expected) < 1e-5, "deviation \(deviation)")
            }
        }
    }

    @Test func noDeviationChangesNothing() throws {
        let inputs: [Float] = [1, 5, -2, 8]
        #expect(try blurred(inputs, height: 2, width: 2, channels: 1, deviation: 0) == inputs)
    }
}
