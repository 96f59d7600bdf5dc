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
        let luma = coefficients.luma * (pixels.luma &- coefficients.black)
        let (bluish, reddish) = (pixels.blue &- 128, pixels.red &- 128)
        red = (luma &+ coefficients.redFromRed * reddish).roundedSamples
        green =
            (luma &- coefficients.greenFromRed * reddish &- coefficients.greenFromBlue * bluish)
            .roundedSamples
        blue = (luma &+ coefficients.blueFromBlue * bluish).roundedSamples
    }

    /// Writes the 24 bytes, and two more that are no use.
    @inline(__always)
    func store(at target: UnsafeMutablePointer<UInt8>) {
        let redGreen = unsafeBitCast(red | green &<< 8, to: SIMD4<UInt32>.self)
        let blue = unsafeBitCast(blue, to: SIMD4<UInt32>.self)
        // Pixels 0, 2, 4, 6 and pixels 1, 3, 5, 7, then two of them as a number of six bytes.
        let even = unsafeBitCast(redGreen & 0xFFFF | blue &<< 16, to: SIMD2<UInt64>.self)
        let odd = unsafeBitCast(redGreen &>> 16 | blue & 0xFFFF_0000, to: SIMD2<UInt64>.self)
        let first = (even & 0xFF_FFFF) | (odd & 0xFF_FFFF) &<< 24
        let second = (even &>> 32) | (odd &>> 32) &<< 24
        let target = UnsafeMutableRawPointer(target)
        target.storeBytes(of: first[0], as: UInt64.self)
        (target + 6).storeBytes(of: second[0], as: UInt64.self)
        (target + 12).storeBytes(of: first[1], as: UInt64.self)
        (target + 18).storeBytes(of: second[1], as: UInt64.self)
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
