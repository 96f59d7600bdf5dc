/// The sizes of a picture before and after resampling.
package struct ResamplingShape {
    package var height, width, newHeight, newWidth, channels: Int
    /// The number of old samples that make a new one, along columns of pixels and along rows.
    package var rowTaps, columnTaps: Int

    package init(
        height: Int, width: Int, newHeight: Int, newWidth: Int, channels: Int, rowTaps: Int,
        columnTaps: Int
    ) {
        self.height = height
        self.width = width
        self.newHeight = newHeight
        self.newWidth = newWidth
        self.channels = channels
        self.rowTaps = rowTaps
        self.columnTaps = columnTaps
    }
}

/// Changes the number of columns.
///
/// - Parameters:
///   - source: `[height, width, channels]`.
///   - starts: The first old column of each new one, `[newWidth]`.
///   - weights: `[newWidth, columnTaps]`.
///   - target: `[height, newWidth, channels]`.
///   - shape: The sizes.
package func resampleColumns(
    _ source: UnsafePointer<UInt8>, starts: UnsafePointer<Int>, weights: UnsafePointer<Float>,
    into target: UnsafeMutableBufferPointer<Float>, shape: ResamplingShape
) {
    precondition(target.count == shape.height * shape.newWidth * shape.channels)
    let channels = shape.channels
    for row in 0..<shape.height {
        let line = source + row * shape.width * channels
        for column in 0..<shape.newWidth {
            let taps = weights + column * shape.columnTaps
            let first = line + starts[column] * channels
            for channel in 0..<channels {
                var sum: Float = 0
                for tap in 0..<shape.columnTaps {
                    sum += taps[tap] * Float(first[tap * channels + channel])
                }
                target[(row * shape.newWidth + column) * channels + channel] = sum
            }
        }
    }
}

/// Changes the number of rows, and rounds.
///
/// - Parameters:
///   - source: `[height, newWidth, channels]`.
///   - starts: The first old row of each new one, `[newHeight]`.
///   - weights: `[newHeight, rowTaps]`.
///   - target: `[newHeight, newWidth, channels]`.
///   - shape: The sizes.
package func resampleRows(
    _ source: UnsafePointer<Float>, starts: UnsafePointer<Int>, weights: UnsafePointer<Float>,
    into target: UnsafeMutableBufferPointer<UInt8>, shape: ResamplingShape
) {
    precondition(target.count == shape.newHeight * shape.newWidth * shape.channels)
    let lineLength = shape.newWidth * shape.channels
    for row in 0..<shape.newHeight {
        let taps = weights + row * shape.rowTaps
        let first = source + starts[row] * lineLength
        for position in 0..<lineLength {
            var sum: Float = 0.5
            for tap in 0..<shape.rowTaps {
                sum += taps[tap] * first[tap * lineLength + position]
            }
            target[row * lineLength + position] = UInt8(min(max(sum, 0), 255))
        }
    }
}
