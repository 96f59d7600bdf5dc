/// Pooling of one image: the largest or the mean value of each window, channel by channel.
///
/// `shape` says which window belongs to which output position; its kernel is the window, and it
/// has as many output channels as input channels. Positions outside of the image do not count.
package struct Pooling: Sendable {
    package let shape: ConvolutionShape

    /// Creates the pooling.
    ///
    /// - Precondition: A window has at most 255 positions, so that one byte names the winner.
    package init(_ shape: ConvolutionShape) {
        precondition(
            shape.kernelHeight * shape.kernelWidth <= 255,
            "a pooling window has at most 255 positions, not "
                + "\(shape.kernelHeight) x \(shape.kernelWidth)")
        self.shape = shape
    }

    /// Writes the largest value of each window and which of its positions holds it.
    ///
    /// - Parameters:
    ///   - input: `[inputHeight, inputWidth, channels]`.
    ///   - output: `[outputHeight, outputWidth, channels]`.
    ///   - winners: `[outputHeight, outputWidth, channels]`, row-major positions in the window.
    package func maximum(
        _ input: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>,
        winners: UnsafeMutablePointer<UInt8>
    ) {
        let channels = shape.inputChannels
        forEachWindow { target, window in
            var channel = 0
            while channel + Vector.scalarCount <= channels {
                var best = Vector(repeating: -.infinity)
                var winner = SIMD8<Int32>(repeating: Int32(window.firstTap))
                window.forEachTap { tap, offset in
                    let value = input.vector(at: offset + channel)
                    // A number that is none wins, and shows.
                    let wins = (value .> best) .| (value .!= value)
                    best.replace(with: value, where: wins)
                    winner.replace(with: Int32(tap), where: wins)
                }
                output.store(best, at: target + channel)
                UnsafeMutableRawPointer(winners + target + channel).storeBytes(
                    of: SIMD8<UInt8>(truncatingIfNeeded: winner), as: SIMD8<UInt8>.self)
                channel += Vector.scalarCount
            }
            while channel < channels {
                var best = -Float.infinity
                var winner = window.firstTap
                window.forEachTap { tap, offset in
                    let value = input[offset + channel]
                    if value > best || value.isNaN {
                        best = value
                        winner = tap
                    }
                }
                output[target + channel] = best
                winners[target + channel] = UInt8(winner)
                channel += 1
            }
        }
    }

    /// Writes the gradient of the input: each output's gradient goes to its winner.
    package func maximumBackward(
        outputGradient: UnsafePointer<Float>, winners: UnsafePointer<UInt8>,
        inputGradient: UnsafeMutablePointer<Float>
    ) {
        inputGradient.update(repeating: 0, count: shape.inputCount)
        let channels = shape.inputChannels
        forEachWindow { target, window in
            for channel in 0..<channels {
                let offset = window.offset(ofTap: Int(winners[target + channel]))
                inputGradient[offset + channel] += outputGradient[target + channel]
            }
        }
    }

    /// Writes the mean value of each window.
    package func average(
        _ input: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>
    ) {
        let channels = shape.inputChannels
        output.update(repeating: 0, count: shape.outputCount)
        forEachWindow { target, window in
            window.forEachTap { _, offset in
                accumulate(input + offset, into: output + target, count: channels)
            }
            let share = 1 / Float(window.tapCount)
            for channel in target..<(target + channels) { output[channel] *= share }
        }
    }

    /// Writes the gradient of the input: each output's gradient is shared out over its window.
    package func averageBackward(
        outputGradient: UnsafePointer<Float>, inputGradient: UnsafeMutablePointer<Float>
    ) {
        inputGradient.update(repeating: 0, count: shape.inputCount)
        let channels = shape.inputChannels
        forEachWindow { target, window in
            let share = 1 / Float(window.tapCount)
            window.forEachTap { _, offset in
                for channel in 0..<channels {
                    inputGradient[offset + channel] += share * outputGradient[target + channel]
                }
            }
        }
    }

    /// The part of a window that lies inside the image.
    private struct Window {
        /// Where the whole window begins; may lie outside.
        var top: Int
        var left: Int
        /// The rows and columns of the window that lie inside.
        var rows: Range<Int>
        var columns: Range<Int>
        let shape: ConvolutionShape

        var firstTap: Int { rows.lowerBound * shape.kernelWidth + columns.lowerBound }
        var tapCount: Int { rows.count * columns.count }

        /// Where the channels of one position of the window begin in the image.
        @inline(__always)
        func offset(ofTap tap: Int) -> Int {
            let (row, column) = tap.quotientAndRemainder(dividingBy: shape.kernelWidth)
            return ((top + row) * shape.inputWidth + left + column) * shape.inputChannels
        }

        @inline(__always)
        func forEachTap(_ body: (_ tap: Int, _ offset: Int) -> Void) {
            for row in rows {
                let line = ((top + row) * shape.inputWidth + left) * shape.inputChannels
                for column in columns {
                    body(row * shape.kernelWidth + column, line + column * shape.inputChannels)
                }
            }
        }
    }

    /// Calls `body` with every window and where its output's channels begin.
    @inline(__always)
    private func forEachWindow(_ body: (_ target: Int, _ window: Window) -> Void) {
        var target = 0
        for y in 0..<shape.outputHeight {
            let top = y * shape.stride - shape.paddingTop
            let rows = max(0, -top)..<min(shape.kernelHeight, shape.inputHeight - top)
            for x in 0..<shape.outputWidth {
                let left = x * shape.stride - shape.paddingLeft
                let columns = max(0, -left)..<min(shape.kernelWidth, shape.inputWidth - left)
                body(
                    target, Window(top: top, left: left, rows: rows, columns: columns, shape: shape)
                )
                target += shape.outputChannels
            }
        }
    }
}
