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

/// Changes the number of rows, eight samples at a time.
///
/// - Parameters:
///   - source: `[height, width, channels]`.
///   - starts: The first old row of each new one, `[newHeight]`.
///   - weights: `[newHeight, rowTaps]`.
///   - target: `[newHeight, width, channels]`.
///   - shape: The sizes.
package func resampleRows(
    _ source: UnsafePointer<UInt8>, starts: UnsafePointer<Int>, weights: UnsafePointer<Float>,
    into target: UnsafeMutablePointer<Float>, shape: ResamplingShape
) {
    let lineLength = shape.width * shape.channels
    let whole = lineLength / Vector.scalarCount * Vector.scalarCount
    for row in 0..<shape.newHeight {
        let sums = target + row * lineLength
        sums.update(repeating: 0, count: lineLength)
        for tap in 0..<shape.rowTaps {
            let weight = weights[row * shape.rowTaps + tap]
            guard weight != 0 else { continue }
            let line = source + (starts[row] + tap) * lineLength
            var position = 0
            while position < whole {
                let samples = UnsafeRawPointer(line + position).loadUnaligned(as: SIMD8<UInt8>.self)
                let values = Vector(SIMD8<Int32>(truncatingIfNeeded: samples))
                sums.store(sums.vector(at: position) + weight * values, at: position)
                position &+= Vector.scalarCount
            }
            for position in whole..<lineLength { sums[position] += weight * Float(line[position]) }
        }
    }
}

/// Changes the number of columns, and rounds.
///
/// - Parameters:
///   - source: `[newHeight, width, channels]`.
///   - starts: The first old column of each new one, `[newWidth]`.
///   - weights: `[newWidth, columnTaps]`.
///   - target: `[newHeight, newWidth, channels]`.
///   - shape: The sizes.
package func resampleColumns(
    _ source: UnsafePointer<Float>, starts: UnsafePointer<Int>, weights: UnsafePointer<Float>,
    into target: UnsafeMutablePointer<UInt8>, shape: ResamplingShape
) {
    let channels = shape.channels
    for row in 0..<shape.newHeight {
        let line = source + row * shape.width * channels
        let newLine = target + row * shape.newWidth * channels
        for column in 0..<shape.newWidth {
            let taps = weights + column * shape.columnTaps
            let first = line + starts[column] * channels
            for channel in 0..<channels {
                var sum: Float = 0.5
                for tap in 0..<shape.columnTaps {
                    sum += taps[tap] * first[tap &* channels &+ channel]
                }
                newLine[column * channels + channel] = UInt8(min(max(sum, 0), 255))
            }
        }
    }
}
