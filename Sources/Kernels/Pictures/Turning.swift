/// Copies pixels in another order, such as that of a picture that is turned by a quarter.
///
/// - Parameters:
///   - source: The pixel that becomes the first one.
///   - rowStep: How many pixels further the next row of the target begins in the source.
///   - columnStep: How many pixels further the next column of the target lies in the source.
///   - target: `[height, width, channels]`.
///   - height: The number of rows of the target.
///   - width: The number of columns of the target.
///   - channels: The number of samples of a pixel.
package func turnPixels(
    _ source: UnsafePointer<UInt8>, rowStep: Int, columnStep: Int,
    into target: UnsafeMutablePointer<UInt8>, height: Int, width: Int, channels: Int
) {
    for row in 0..<height {
        var pixel = source + row * rowStep * channels
        var newPixel = target + row * width * channels
        for _ in 0..<width {
            for channel in 0..<channels { newPixel[channel] = pixel[channel] }
            pixel += columnStep &* channels
            newPixel += channels
        }
    }
}
