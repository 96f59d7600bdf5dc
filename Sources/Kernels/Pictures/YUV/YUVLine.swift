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
    func pixels(at column: Int, count: Int) -> YUVPixels {
        let color = column / columnsPerColor * colorStep
        return YUVPixels(
            luma: SampleLanes(
                at: luma + column * lumaStep, step: lumaStep, repeats: 1, count: count),
            blue: SampleLanes(
                at: blue + color, step: colorStep, repeats: columnsPerColor, count: count),
            red: SampleLanes(
                at: red + color, step: colorStep, repeats: columnsPerColor, count: count))
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
            blue: Self.doubled(SIMD4(at: blue + column &>> 1)),
            red: Self.doubled(SIMD4(at: red + column &>> 1)))
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
        let pairs = SIMD8<UInt16>(at: start)
        let first = SampleLanes(truncatingIfNeeded: pairs & 255)
        let second = SampleLanes(truncatingIfNeeded: pairs &>> 8)
        return luma < min(blue, red)
            ? pixels(luma: first, color: second) : pixels(luma: second, color: first)
    }

    /// Color as pairs of one difference and the other.
    @inline(__always)
    private func pixels(luma: SampleLanes, color: SampleLanes) -> YUVPixels {
        let pairs = unsafeBitCast(color, to: SIMD4<UInt32>.self)
        let first = Self.doubled(pairs & 0xFFFF)
        let second = Self.doubled(pairs &>> 16)
        return blue < red
            ? YUVPixels(luma: luma, blue: first, red: second)
            : YUVPixels(luma: luma, blue: second, red: first)
    }

    /// Each of four samples twice.
    @inline(__always)
    private static func doubled(_ samples: SIMD4<UInt32>) -> SampleLanes {
        unsafeBitCast(samples | samples &<< 16, to: SampleLanes.self)
    }
}

extension SIMD4<UInt32> {
    /// Four bytes, one after the other.
    @inline(__always)
    fileprivate init(at bytes: UnsafePointer<UInt8>) {
        self.init(
            truncatingIfNeeded: UnsafeRawPointer(bytes).loadUnaligned(as: SIMD4<UInt8>.self))
    }
}

extension SIMD8<UInt16> {
    /// Sixteen bytes, as pairs of which the first is the lower half.
    @inline(__always)
    init(at bytes: UnsafePointer<UInt8>) {
        self = UnsafeRawPointer(bytes).loadUnaligned(as: Self.self)
    }
}
