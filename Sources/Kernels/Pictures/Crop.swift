/// A part of a picture, which may reach beyond its edges.
package struct CropShape {
    /// The sizes of the whole picture.
    package var height, width, channels: Int
    /// The row and the column of the picture at which the part begins.
    package var top, left: Int
    /// The sizes of the part.
    package var newHeight, newWidth: Int

    package init(
        height: Int, width: Int, channels: Int, top: Int, left: Int, newHeight: Int, newWidth: Int
    ) {
        self.height = height
        self.width = width
        self.channels = channels
        self.top = top
        self.left = left
        self.newHeight = newHeight
        self.newWidth = newWidth
    }

    /// The columns of the part that lie inside the picture.
    fileprivate var inside: Range<Int> {
        let start = min(max(-left, 0), newWidth)
        return start..<max(start, min(width - left, newWidth))
    }
}

/// Copies a part of a picture.
///
/// - Parameters:
///   - source: `[height, width, channels]`, with pixels.
///   - border: The samples beyond the edges; nil goes on with the nearest pixel.
///   - target: `[newHeight, newWidth, channels]`.
///   - shape: The sizes.
package func crop(
    _ source: UnsafePointer<UInt8>, border: UInt8?, into target: UnsafeMutablePointer<UInt8>,
    shape: CropShape
) {
    let (channels, inside) = (shape.channels, shape.inside)
    for row in 0..<shape.newHeight {
        let old = shape.top + row
        let line = source + min(max(old, 0), shape.height - 1) * shape.width * channels
        let newLine = target + row * shape.newWidth * channels
        func fill(_ columns: Range<Int>, near edge: Int) {
            for column in columns {
                let pixel = newLine + column * channels
                if let border {
                    pixel.update(repeating: border, count: channels)
                } else {
                    pixel.update(from: line + edge * channels, count: channels)
                }
            }
        }
        if border != nil, !(0..<shape.height).contains(old) {
            fill(0..<shape.newWidth, near: 0)
            continue
        }
        fill(0..<inside.lowerBound, near: 0)
        (newLine + inside.lowerBound * channels).update(
            from: line + max(shape.left, 0) * channels, count: inside.count * channels)
        fill(inside.upperBound..<shape.newWidth, near: shape.width - 1)
    }
}
