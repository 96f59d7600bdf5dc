/// Eight pixels of luma and differences of color.
struct YUVPixels {
    var luma, blue, red: SampleLanes
}

/// A line of pixels, and the ways to read eight of them at once.
///
/// No way reads a byte that does not belong to the eight, but for the color that a packed line
/// holds behind its luma.
struct YUVLine {
    private let luma, blue, red: UnsafePointer<UInt8>
    private let lumaStep, colorStep, columnsPerColor: Int

    /// The line of a picture that begins at `source`.
    init(_ source: UnsafePointer<UInt8>, row: Int, shape: YUVShape) {
        let colorRow = row / shape.rowsPerColor
        luma = source + (shape.luma.offset + row * shape.luma.stride)
        blue = source + (shape.blue.offset + colorRow * shape.blue.stride)
        red = source + (shape.red.offset + colorRow * shape.red.stride)
        lumaStep = shape.luma.step
        colorStep = shape.blue.step
        columnsPerColor = shape.columnsPerColor
    }

    /// Of any layout: the first `count` of eight pixels, slowly.
    @inline(never)
    func pixels(at column: Int, count: Int) -> YUVPixels {
        var pixels = YUVPixels(luma: .zero, blue: .zero, red: .zero)
        for lane in 0..<count {
            let color = (column + lane) / columnsPerColor * colorStep
            pixels.luma[lane] = Int16(luma[(column + lane) * lumaStep])
            pixels.blue[lane] = Int16(blue[color])
            pixels.red[lane] = Int16(red[color])
        }
        return pixels
    }

    /// Three planes, as many samples of color as of luma.
    @inline(__always)
    func planarPixels(at column: Int) -> YUVPixels {
        YUVPixels(
            luma: SampleLanes(at: luma + column), blue: SampleLanes(at: blue + column),
            red: SampleLanes(at: red + column))
    }

    /// Three planes, one sample of color for two of luma (YU12).
    @inline(__always)
    func sharedPlanarPixels(at column: Int) -> YUVPixels {
        YUVPixels(
            luma: SampleLanes(at: luma + column),
            blue: SampleLanes(fourTwiceAt: blue + column &>> 1),
            red: SampleLanes(fourTwiceAt: red + column &>> 1))
    }

    /// A plane of luma, and a plane of pairs of color (NV12).
    @inline(__always)
    func pairedPixels(at column: Int) -> YUVPixels {
        pixels(
            luma: SampleLanes(at: luma + column), color: SampleLanes(at: min(blue, red) + column))
    }

    /// Luma, color, luma, color (YUYV), or the other way round (UYVY).
    @inline(__always)
    func packedPixels(at column: Int) -> YUVPixels {
        let start = min(luma, blue, red) + column &* 2
        let pairs = UnsafeRawPointer(start).loadUnaligned(as: SampleLanes.self)
        let (first, second) = (pairs & 255, (pairs &>> 8) & 255)
        return luma < min(blue, red)
            ? pixels(luma: first, color: second) : pixels(luma: second, color: first)
    }

    /// Color as pairs of one difference and the other.
    @inline(__always)
    private func pixels(luma: SampleLanes, color: SampleLanes) -> YUVPixels {
        let pairs = unsafeBitCast(color, to: SIMD4<UInt32>.self)
        let first = unsafeBitCast(pairs & 0xFFFF | pairs &<< 16, to: SampleLanes.self)
        let second = unsafeBitCast(pairs &>> 16 | pairs & 0xFFFF_0000, to: SampleLanes.self)
        return blue < red
            ? YUVPixels(luma: luma, blue: first, red: second)
            : YUVPixels(luma: luma, blue: second, red: first)
    }
}
