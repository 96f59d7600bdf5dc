/// Turns luma and differences of color into red, green and blue.
///
/// Pixels that share a sample of color get the same; nothing is interpolated.
///
/// - Parameters:
///   - source: A picture as `shape` says.
///   - target: `[height, width, 3]`.
///   - shape: The sizes.
///   - coefficients: The encoding.
package func rgbFromYUV(
    _ source: UnsafeBufferPointer<UInt8>, into target: UnsafeMutableBufferPointer<UInt8>,
    shape: YUVShape, coefficients: YUVCoefficients
) {
    let (height, width) = (shape.height, shape.width)
    precondition(target.count == height * width * 3)
    precondition(width == 0 || height == 0 || source.count >= shape.byteCount)
    guard width > 0, height > 0, let target = target.baseAddress, let source = source.baseAddress
    else { return }
    for row in 0..<height {
        let line = YUVLine(source, row: row, shape: shape)
        let result = target + row * width * 3
        switch (shape.luma.step, shape.blue.step, shape.columnsPerColor) {
        case (1, 1, 1):
            convertLine(line, into: result, width: width, coefficients) {
                $0.planarPixels(at: $1)
            }
        case (1, 1, 2):
            convertLine(line, into: result, width: width, coefficients) {
                $0.sharedPlanarPixels(at: $1)
            }
        case (1, 2, 2):
            convertLine(line, into: result, width: width, coefficients) {
                $0.pairedPixels(at: $1)
            }
        case (2, 4, 2):
            convertLine(line, into: result, width: width, coefficients) {
                $0.packedPixels(at: $1)
            }
        default:
            convertLine(line, into: result, width: width, coefficients) {
                $0.pixels(at: $1, count: 8)
            }
        }
    }
}

@inline(__always)
private func convertLine(
    _ line: YUVLine, into target: UnsafeMutablePointer<UInt8>, width: Int,
    _ coefficients: YUVCoefficients, load: (YUVLine, Int) -> YUVPixels
) {
    var column = 0
    // The last pixels are left: the fast way to write eight spoils two bytes behind them.
    while column &+ 8 < width {
        let colors = RGBLanes(load(line, column), coefficients)
        colors.store(at: target + column &* 3)
        column &+= 8
    }
    let count = width &- column
    let colors = RGBLanes(line.pixels(at: column, count: count), coefficients)
    colors.store(at: target + column &* 3, count: count)
}

/// Eight pixels of color.
private struct RGBLanes {
    let red, green, blue: SampleLanes

    @inline(__always)
    init(_ pixels: YUVPixels, _ coefficients: YUVCoefficients) {
        let luma = coefficients.expanded(pixels.luma)
        let blueness = (pixels.blue &- 128) &<< 8
        let redness = (pixels.red &- 128) &<< 8
        red = (luma &+ redness.highProduct(with: coefficients.redFromRed)).roundedSamples
        green =
            (luma &- redness.highProduct(with: coefficients.greenFromRed)
            &- blueness.highProduct(with: coefficients.greenFromBlue)).roundedSamples
        blue = (luma &+ blueness.highProduct(with: coefficients.blueFromBlue)).roundedSamples
    }

    /// Writes the 24 bytes, and two more that are no use.
    @inline(__always)
    func store(at target: UnsafeMutablePointer<UInt8>) {
        let redAndGreen = SIMD8<UInt16>(truncatingIfNeeded: red | green &<< 8)
        let pixels =
            SIMD8<UInt32>(truncatingIfNeeded: redAndGreen)
            | SIMD8<UInt32>(truncatingIfNeeded: blue) &<< 16
        // Two pixels of four bytes become one number of six.
        let pairs = unsafeBitCast(pixels, to: SIMD4<UInt64>.self)
        let packed = (pairs & 0xFF_FFFF) | ((pairs &>> 8) & 0xFFFF_FF00_0000)
        for pair in 0..<4 {
            UnsafeMutableRawPointer(target + pair &* 6).storeBytes(
                of: packed[pair], as: UInt64.self)
        }
    }

    /// Writes the first pixels, and nothing more.
    func store(at target: UnsafeMutablePointer<UInt8>, count: Int) {
        for pixel in 0..<count {
            target[3 * pixel] = UInt8(red[pixel])
            target[3 * pixel + 1] = UInt8(green[pixel])
            target[3 * pixel + 2] = UInt8(blue[pixel])
        }
    }
}
