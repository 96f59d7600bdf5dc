import Kernels
import Testing

struct CanvasTests {
    /// Draws on black, `[height, width]`.
    private func drawing(
        height: Int = 24, width: Int = 32, _ draw: (Canvas) -> Void
    ) throws -> [Float] {
        var pixels = [Float](repeating: 0, count: height * width)
        try pixels.withUnsafeMutableBufferPointer { buffer in
            draw(Canvas(pixels: try #require(buffer.baseAddress), height: height, width: width))
        }
        return pixels
    }

    private func sum(_ pixels: [Float]) -> Double {
        pixels.reduce(0) { $0 + Double($1) }
    }

    @Test(arguments: [Float(0), 0.7, -2])
    func ellipseCoversItsArea(angle: Float) throws {
        let pixels = try drawing { canvas in
            canvas.fill(
                Canvas.Ellipse(center: [16, 12], radii: [9, 5], angle: angle),
                with: Canvas.Paint(1))
        }
        #expect(abs(sum(pixels) - .pi * 45) < 1.5)
        #expect(pixels[12 * 32 + 16] == 1)
        #expect(pixels[0] == 0)
    }

    @Test func polygonCoversItsArea() throws {
        let triangle: [SIMD2<Float>] = [[4, 3], [28, 3], [4, 21]]
        let pixels = try drawing { canvas in
            triangle.withUnsafeBufferPointer { canvas.fill($0, with: Canvas.Paint(1)) }
        }
        #expect(abs(sum(pixels) - 24 * 18 / 2) < 1.5)
        #expect(pixels[5 * 32 + 6] == 1)
        #expect(pixels[20 * 32 + 27] == 0)
    }

    @Test func squareOnPixelBordersIsCrisp() throws {
        let square: [SIMD2<Float>] = [[2, 3], [10, 3], [10, 9], [2, 9]]
        let pixels = try drawing { canvas in
            square.withUnsafeBufferPointer { canvas.fill($0, with: Canvas.Paint(0.5)) }
        }
        for row in 0..<24 {
            for column in 0..<32 {
                let isInside = (3..<9).contains(row) && (2..<10).contains(column)
                #expect(pixels[row * 32 + column] == (isInside ? 0.5 : 0), "\(row), \(column)")
            }
        }
    }

    @Test func strokeTapers() throws {
        let line: [SIMD2<Float>] = [[6, 12], [16, 12], [26, 12]]
        let pixels = try drawing { canvas in
            line.withUnsafeBufferPointer {
                canvas.stroke($0, from: 4, to: 1, with: Canvas.Paint(1))
            }
        }
        // The middle of the line is 2.5 pixels thick on each side.
        let column = (0..<24).reduce(Float(0)) { $0 + pixels[$1 * 32 + 16] }
        #expect(abs(column - 5) < 0.4)
        #expect((0..<24).reduce(Float(0)) { $0 + pixels[$1 * 32 + 8] } > column)
    }

    @Test func clippedEllipseStaysInside() throws {
        let left: [SIMD2<Float>] = [[0, 0], [16, 0], [16, 24], [0, 24]]
        let pixels = try drawing { canvas in
            left.withUnsafeBufferPointer {
                canvas.fill(
                    Canvas.Ellipse(center: [16, 12], radii: [8, 8]), inside: $0,
                    with: Canvas.Paint(1))
            }
        }
        #expect(abs(sum(pixels) - .pi * 32) < 1.5)
        #expect((0..<24).allSatisfy { pixels[$0 * 32 + 17] == 0 })
    }

    @Test func shapesBeyondTheBorderAreCut() throws {
        let pixels = try drawing { canvas in
            canvas.fill(
                Canvas.Ellipse(center: [0, 0], radii: [8, 8]), with: Canvas.Paint(1))
            canvas.fill(
                Canvas.Ellipse(center: [-50, 90], radii: [8, 8]), with: Canvas.Paint(1))
        }
        #expect(abs(sum(pixels) - .pi * 16) < 1)
    }

    @Test func opacityBlends() throws {
        let pixels = try drawing { canvas in
            let everywhere = Canvas.Ellipse(center: [16, 12], radii: [99, 99])
            canvas.fill(everywhere, with: Canvas.Paint(0.8))
            canvas.fill(everywhere, with: Canvas.Paint(0.4, opacity: 0.25))
        }
        #expect(pixels.allSatisfy { abs($0 - 0.7) < 1e-6 })
    }

    @Test func developingLightsAndRounds() throws {
        var pixels = [Float](repeating: 0.5, count: 4 * 6)
        var samples = [UInt8](repeating: 0, count: 4 * 6)
        pixels.withUnsafeMutableBufferPointer { pixels in
            samples.withUnsafeMutableBufferPointer { samples in
                guard let start = pixels.baseAddress, let bytes = samples.baseAddress else {
                    return
                }
                Canvas(pixels: start, height: 4, width: 6).develop(
                    Canvas.Exposure(
                        gradient: [0.1, 0], center: [3, 2], contrast: 2, brightness: 0.1, noise: 0),
                    noise: PixelNoise(seed: 1), into: bytes)
            }
        }
        let expected = (0..<6).map { column in
            let lit = 0.5 * (1 + 0.1 * (Double(column) + 0.5 - 3))
            return UInt8((((lit - 0.5) * 2 + 0.5 + 0.1) * 255).rounded())
        }
        for row in 0..<4 {
            for column in 0..<6 {
                let difference = Int(samples[row * 6 + column]) - Int(expected[column])
                #expect(abs(difference) <= 1, "\(row), \(column)")
            }
        }
        #expect(samples[0] < samples[5])
    }
}
