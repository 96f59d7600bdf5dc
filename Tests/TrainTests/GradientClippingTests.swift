import Testing

@testable import Train

@Suite("Gradient clipping")
struct GradientClippingTests {
    @Test("a norm above the limit scales, one below does not", arguments: [1, 7, 8, 19, 1000])
    func norm(count: Int) {
        var gradients = samples(count, seed: 11)
        let original = gradients
        let norm = gradients.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
        let (above, below) = gradients.withUnsafeMutableBufferPointer { buffer in
            (
                GradientClipping.norm(limit: norm / 4).limit(buffer),
                GradientClipping.norm(limit: norm * 1.01).limit(buffer)
            )
        }
        #expect(abs(above - 0.25) < 1e-7)
        #expect(below == 1)
        #expect(gradients == original)
    }

    @Test("the norm of large gradients does not overflow")
    func largeNorm() {
        var gradients: [Float] = [3e30, 4e30]
        let scale = gradients.withUnsafeMutableBufferPointer {
            GradientClipping.norm(limit: 1).limit($0)
        }
        #expect(abs(scale * 5e30 - 1) < 1e-6)
    }

    @Test("values beyond the limit stop at it", arguments: [1, 7, 8, 19])
    func value(count: Int) {
        var gradients = samples(count, seed: 12)
        let expected = gradients.map { min(max($0, -0.25), 0.25) }
        let scale = gradients.withUnsafeMutableBufferPointer {
            GradientClipping.value(limit: 0.25).limit($0)
        }
        #expect(scale == 1)
        #expect(gradients == expected)
    }

    @Test("infinite values are limited, and what is not a number stays")
    func notFinite() {
        var gradients: [Float] = [.infinity, -.infinity, .nan]
        _ = gradients.withUnsafeMutableBufferPointer { GradientClipping.value(limit: 2).limit($0) }
        #expect(gradients[0] == 2 && gradients[1] == -2 && gradients[2].isNaN)
    }

    @Test("without clipping nothing changes")
    func none() {
        var gradients: [Float] = [1e20, -5]
        let scale = gradients.withUnsafeMutableBufferPointer { GradientClipping.none.limit($0) }
        #expect(scale == 1)
        #expect(gradients == [1e20, -5])
    }
}
