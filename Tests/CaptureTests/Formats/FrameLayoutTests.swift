import Capture
import Imaging
import Testing
import _TestSupport

struct FrameLayoutTests {
    /// Which bytes make a pixel, as the documentation of Video4Linux tells; slow and readable.
    private func exactColor(
        _ layout: FrameLayout, _ bytes: [UInt8], row: Int, column: Int
    ) -> [Double] {
        let stride = layout.bytesPerLine
        let line = row * stride
        let pair = line + column / 2 * 4
        let oracle = YUVOracle(
            redWeight: layout.encoding.matrix == .bt601 ? 0.299 : 0.2126,
            blueWeight: layout.encoding.matrix == .bt601 ? 0.114 : 0.0722,
            isFullRange: layout.encoding.range == .full)
        let plane = layout.height * stride
        switch layout.format {
        case .yuyv:
            return oracle.rgb(bytes[pair + column % 2 * 2], bytes[pair + 1], bytes[pair + 3])
        case .uyvy:
            return oracle.rgb(bytes[pair + 1 + column % 2 * 2], bytes[pair], bytes[pair + 2])
        case .grey: return Array(repeating: oracle.gray(bytes[line + column]), count: 3)
        case .nv12:
            let color = plane + row / 2 * stride + column / 2 * 2
            return oracle.rgb(bytes[line + column], bytes[color], bytes[color + 1])
        case .yu12:
            let colorStride = (stride + 1) / 2
            let color = plane + row / 2 * colorStride + column / 2
            let planeSize = (layout.height + 1) / 2 * colorStride
            return oracle.rgb(bytes[line + column], bytes[color], bytes[color + planeSize])
        case .rgb3: return (0..<3).map { Double(bytes[line + 3 * column + $0]) }
        case .bgr3: return (0..<3).map { Double(bytes[line + 3 * column + 2 - $0]) }
        default: return []
        }
    }

    private func layouts(_ format: PixelFormat) throws -> [FrameLayout] {
        var layouts: [FrameLayout] = []
        for (width, height) in [(1, 1), (2, 2), (5, 3), (16, 2), (19, 5), (40, 3)] {
            for padding in [0, 1, 6] {
                let plain = try FrameLayout(format, width: width, height: height, name: "plain")
                for matrix in [YUVEncoding.Matrix.bt601, .bt709] {
                    for range in [YUVEncoding.Range.limited, .full] {
                        layouts.append(
                            try FrameLayout(
                                format, width: width, height: height,
                                bytesPerLine: plain.bytesPerLine + padding,
                                encoding: YUVEncoding(matrix: matrix, range: range), name: "frame"))
                    }
                }
            }
        }
        return layouts
    }

    @Test(arguments: FrameLayout.formats)
    func colorsAreThoseOfTheOracle(format: PixelFormat) throws {
        for layout in try layouts(format) {
            let bytes = noise(layout.byteCount, seed: 3)
            let source = GuardedBytes(bytes, guarding: .back)
            let image = try layout.image(
                from: UnsafeRawBufferPointer(source.bytes), color: .rgb, name: "frame")
            #expect(image.width == layout.width && image.height == layout.height)
            #expect(image.channels == 3)
            for (pixel, start) in stride(from: 0, to: image.samples.count, by: 3).enumerated() {
                let exact = exactColor(
                    layout, bytes, row: pixel / layout.width, column: pixel % layout.width)
                for channel in 0..<3 {
                    let error = abs(Double(image.samples[start + channel]) - exact[channel])
                    #expect(error < 0.6, "pixel \(pixel) of \(layout)")
                }
            }
        }
    }

    @Test(arguments: FrameLayout.formats)
    func grayIsTheLuma(format: PixelFormat) throws {
        for layout in try layouts(format) {
            let bytes = noise(layout.byteCount, seed: 4)
            let source = GuardedBytes(bytes, guarding: .back)
            let image = try layout.image(
                from: UnsafeRawBufferPointer(source.bytes), color: .grayscale, name: "frame")
            #expect(image.channels == 1)
            for pixel in 0..<image.samples.count {
                let (row, column) = (pixel / layout.width, pixel % layout.width)
                var neutral = bytes
                if format != .rgb3 && format != .bgr3 {
                    // Without color, red is the luma.
                    neutral = withoutColor(layout, bytes)
                }
                let color = exactColor(layout, neutral, row: row, column: column)
                let exact = 0.299 * color[0] + 0.587 * color[1] + 0.114 * color[2]
                #expect(
                    abs(Double(image.samples[pixel]) - exact) < 0.51, "pixel \(pixel) of \(layout)")
            }
        }
    }

    /// The same bytes with all differences of color at zero.
    private func withoutColor(_ layout: FrameLayout, _ bytes: [UInt8]) -> [UInt8] {
        bytes.enumerated().map { place, byte in
            switch layout.format {
            case .yuyv: place % layout.bytesPerLine % 2 == 1 ? 128 : byte
            case .uyvy: place % layout.bytesPerLine % 2 == 0 ? 128 : byte
            case .nv12, .yu12: place >= layout.height * layout.bytesPerLine ? 128 : byte
            default: byte
            }
        }
    }

    @Test(arguments: FrameLayout.formats)
    func refusesTooFewBytes(format: PixelFormat) throws {
        let layout = try FrameLayout(format, width: 7, height: 5, name: "frame")
        let bytes = [UInt8](repeating: 0, count: layout.byteCount)
        for count in 0..<bytes.count {
            let error = #expect(throws: CaptureError.self) {
                try bytes.prefix(count).withUnsafeBytes {
                    _ = try layout.image(from: $0, color: .rgb, name: "/dev/video0, frame 3")
                }
            }
            #expect(error?.code == .damaged)
            #expect(error?.location == "/dev/video0, frame 3")
        }
        let error = #expect(throws: CaptureError.self) {
            _ = try layout.image(
                from: UnsafeRawBufferPointer(start: nil, count: 0), color: .rgb, name: "x")
        }
        #expect(
            error?.message
                == "the frame has 0 bytes, but 7x5 \(format) takes \(layout.byteCount).")
    }

    @Test func refusesOtherFormatsByName() throws {
        let error = #expect(throws: CaptureError.self) {
            _ = try FrameLayout(
                #require(PixelFormat("Y16-BE")), width: 2, height: 2, name: "/dev/video0")
        }
        #expect(error?.code == .unsupported)
        #expect(
            error?.description
                == "/dev/video0: cannot convert frames of format Y16-BE, only YUYV, UYVY, GREY, NV12, "
                + "YU12, RGB3, BGR3.")
    }

    @Test(arguments: [(0, 1), (1, 0), (-3, 5), (32_769, 1), (1, 32_769), (.max, .max)])
    func refusesSizesBeyondLimits(width: Int, height: Int) {
        let error = #expect(throws: CaptureError.self) {
            _ = try FrameLayout(.yuyv, width: width, height: height, name: "x")
        }
        #expect(error?.code == .unsupported)
    }

    @Test(arguments: [1, 15, -4, .max, .min])
    func refusesLinesThatCannotBe(bytesPerLine: Int) {
        let error = #expect(throws: CaptureError.self) {
            _ = try FrameLayout(.yuyv, width: 7, height: 2, bytesPerLine: bytesPerLine, name: "x")
        }
        #expect(error?.code == .damaged)
    }
}
