import CNN
import Foundation
import Tensor
import Testing

struct InitializerTests {
    /// The kernel of a convolution of 20 channels by 5 x 5 filters: fan-in 500, fan-out 1,000.
    private func kernel(_ initializer: Initializer, seed: UInt64 = 1) throws -> [Float] {
        let network = try Sequential(input: [8, 8, 20], seed: seed) {
            Conv2D(filters: 40, kernel: 5, initializer: initializer)
        }
        return try #require(network["conv2d_1/kernel"]).elements
    }

    @Test(arguments: [
        (Initializer.glorotUniform, 6.0 / 1500), (.heUniform, 6.0 / 500),
    ])
    func uniformOnesFillTheirLimits(initializer: Initializer, square: Double) throws {
        let limit = square.squareRoot()
        let values = try kernel(initializer).map(Double.init)
        let largest = try #require(values.max())
        let smallest = try #require(values.min())
        #expect(largest <= limit && largest > 0.999 * limit)
        #expect(smallest >= -limit && smallest < -0.999 * limit)
        expectMoments(of: values, variance: square / 3)
    }

    @Test(arguments: [
        (Initializer.glorotNormal, 2.0 / 1500), (.heNormal, 2.0 / 500),
    ])
    func normalOnesHaveTheirVariance(initializer: Initializer, variance: Double) throws {
        let values = try kernel(initializer).map(Double.init)
        expectMoments(of: values, variance: variance)
        let beyond = values.count { abs($0) > 2 * variance.squareRoot() }
        #expect(abs(Double(beyond) / Double(values.count) - 0.0455) < 0.008)
    }

    /// Five standard errors of 20,000 numbers.
    private func expectMoments(of values: [Double], variance: Double) {
        let count = Double(values.count)
        let mean = values.reduce(0, +) / count
        let squares = values.reduce(0) { $0 + $1 * $1 } / count
        #expect(abs(mean) < 5 * (variance / count).squareRoot())
        #expect(abs(squares / variance - 1) < 5 * (2 / count).squareRoot())
    }

    @Test func seedsAndLayersGiveDifferentNumbers() throws {
        #expect(try kernel(.heNormal) == kernel(.heNormal))
        #expect(try kernel(.heNormal) != kernel(.heNormal, seed: 2))
        let network = try Sequential(input: [4], seed: 1) {
            Dense(4)
            Dense(4)
        }
        #expect(network["dense_1/kernel"] != network["dense_2/kernel"])
    }

    @Test func constants() throws {
        let network = try Sequential(input: [2], seed: 1) {
            Dense(2, initializer: .zeros)
            Dense(2, initializer: .ones)
        }
        #expect(network["dense_1/kernel"]?.elements == [0, 0, 0, 0])
        #expect(network["dense_2/kernel"]?.elements == [1, 1, 1, 1])
        #expect(network["dense_2/bias"]?.elements == [0, 0])
    }
}
