import Kernels
import Testing
import _TestSupport

struct YUVConversionTests {
    /// A layout, and which of its samples a pixel has.
    struct Layout: Sendable, CustomStringConvertible {
        var description: String
        var rowsPerColor = 1
        var columnsPerColor = 1
        var shape: @Sendable (_ height: Int, _ width: Int, _ padding: Int) -> YUVShape
    }

    private static func packed(luma: Int, blue: Int, red: Int, _ name: String) -> Layout {
        Layout(description: name, columnsPerColor: 2) { height, width, padding in
            let stride = (width + 1) / 2 * 4 + padding
            return YUVShape(
                height: height, width: width,
                luma: SamplePlane(offset: luma, stride: stride, step: 2),
                blue: SamplePlane(offset: blue, stride: stride, step: 4),
                red: SamplePlane(offset: red, stride: stride, step: 4), rowsPerColor: 1,
                columnsPerColor: 2)
        }
    }

    private static func paired(blue: Int, red: Int, _ name: String) -> Layout {
        Layout(description: name, rowsPerColor: 2, columnsPerColor: 2) { height, width, padding in
            let stride = (width + 1) / 2 * 2 + padding
            let color = height * stride
            return YUVShape(
                height: height, width: width,
                luma: SamplePlane(offset: 0, stride: stride, step: 1),
                blue: SamplePlane(offset: color + blue, stride: stride, step: 2),
                red: SamplePlane(offset: color + red, stride: stride, step: 2), rowsPerColor: 2,
                columnsPerColor: 2)
        }
    }

    private static func planar(rows: Int, columns: Int, _ name: String) -> Layout {
        Layout(description: name, rowsPerColor: rows, columnsPerColor: columns) {
            .planar(
                height: $0, width: $1, lumaStride: $1 + $2, rowsPerColor: rows,
                columnsPerColor: columns)
        }
    }

    static let layouts = [
        packed(luma: 0, blue: 1, red: 3, "YUYV"), packed(luma: 1, blue: 0, red: 2, "UYVY"),
        packed(luma: 0, blue: 3, red: 1, "YVYU"), packed(luma: 1, blue: 2, red: 0, "VYUY"),
        paired(blue: 0, red: 1, "NV12"), paired(blue: 1, red: 0, "NV21"),
        planar(rows: 2, columns: 2, "4:2:0"), planar(rows: 1, columns: 2, "4:2:2"),
        planar(rows: 1, columns: 1, "4:4:4"), planar(rows: 2, columns: 1, "4:4:0"),
        Layout(description: "three bytes") { height, width, padding in
            let stride = width * 3 + padding
            return YUVShape(
                height: height, width: width,
                luma: SamplePlane(offset: 1, stride: stride, step: 3),
                blue: SamplePlane(offset: 2, stride: stride, step: 3),
                red: SamplePlane(offset: 0, stride: stride, step: 3), rowsPerColor: 1,
                columnsPerColor: 1)
        },
    ]

    private static let sizes = [
        (1, 1), (1, 2), (2, 1), (1, 3), (3, 7), (2, 8), (5, 9), (2, 15), (3, 16), (1, 17), (4, 31),
        (2, 34),
    ]

    @Test(arguments: YUVOracle.all, layouts)
    func colorsAreThoseOfTheOracle(oracle: YUVOracle, layout: Layout) {
        for (height, width) in Self.sizes {
            for (padding, side) in [(0, GuardedBytes.Side.back), (3, .back), (0, .front)] {
                let shape = layout.shape(height, width, padding)
                let source = GuardedBytes(noise(shape.byteCount), guarding: side)
                let target = GuardedBytes(
                    Array(repeating: 7, count: 3 * height * width), guarding: side)
                rgbFromYUV(
                    UnsafeBufferPointer(source.bytes), into: target.bytes, shape: shape,
                    coefficients: oracle.coefficients)
                var worst = 0.0
                for row in 0..<height {
                    for column in 0..<width {
                        func color(_ plane: SamplePlane) -> UInt8 {
                            source.bytes[
                                plane.offset + row / layout.rowsPerColor * plane.stride
                                    + column / layout.columnsPerColor * plane.step]
                        }
                        let luma = shape.luma
                        let exact = oracle.rgb(
                            source.bytes[luma.offset + row * luma.stride + column * luma.step],
                            color(shape.blue), color(shape.red))
                        for channel in 0..<3 {
                            let sample = target.bytes[3 * (row * width + column) + channel]
                            worst = max(worst, abs(Double(sample) - exact[channel]))
                        }
                    }
                }
                // Half for rounding, and a tenth for 16 bits.
                #expect(worst < 0.6, "\(height)x\(width), \(padding) bytes of padding")
            }
        }
    }

    @Test("Grays are looked up by luma", arguments: layouts)
    func looksUpGrays(layout: Layout) {
        for (height, width) in Self.sizes {
            for (padding, side) in [(0, GuardedBytes.Side.back), (5, .back), (0, .front)] {
                let shape = layout.shape(height, width, padding)
                let source = GuardedBytes(noise(shape.byteCount), guarding: side)
                let target = GuardedBytes(
                    Array(repeating: 7, count: height * width), guarding: side)
                expandLuma(
                    UnsafeBufferPointer(source.bytes), into: target.bytes, shape: shape,
                    grays: (0..<256).map { 255 - UInt8($0) })
                let exact = (0..<height * width).map { pixel in
                    let place =
                        pixel / width * shape.luma.stride + pixel % width * shape.luma.step
                    return 255 - source.bytes[shape.luma.offset + place]
                }
                #expect(target.elements == exact, "\(height)x\(width), \(padding) bytes of padding")
            }
        }
    }

    @Test("Every luma with the extremes of color", arguments: YUVOracle.all)
    func nothingOverflows(oracle: YUVOracle) {
        for (blue, red) in [(0, 0), (0, 255), (255, 0), (255, 255), (128, 128)] as [(UInt8, UInt8)]
        {
            let source =
                (0...255).map { UInt8($0) } + Array(repeating: blue, count: 256)
                + Array(repeating: red, count: 256)
            let shape = YUVShape.planar(
                height: 1, width: 256, lumaStride: 256, rowsPerColor: 1, columnsPerColor: 1)
            var target = [UInt8](repeating: 0, count: 3 * 256)
            source.withUnsafeBufferPointer { source in
                target.withUnsafeMutableBufferPointer {
                    rgbFromYUV(
                        source, into: $0, shape: shape, coefficients: oracle.coefficients)
                }
            }
            for luma in 0..<256 {
                let exact = oracle.rgb(UInt8(luma), blue, red)
                for channel in 0..<3 {
                    let error = abs(Double(target[3 * luma + channel]) - exact[channel])
                    #expect(error < 0.6, "luma \(luma), blue \(blue), red \(red)")
                }
            }
        }
    }

    @Test func emptyPicturesAreLeftAlone() {
        let shape = YUVShape.planar(height: 0, width: 0, lumaStride: 0)
        let empty = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
        let target = UnsafeMutableBufferPointer<UInt8>(start: nil, count: 0)
        rgbFromYUV(
            empty, into: target, shape: shape, coefficients: YUVOracle.all[0].coefficients)
        expandLuma(empty, into: target, shape: shape, grays: [])
    }
}

extension YUVOracle {
    fileprivate var coefficients: YUVCoefficients {
        YUVCoefficients(
            redWeight: redWeight, blueWeight: blueWeight, isFullRange: isFullRange)
    }
}
