/// Convolution of each channel by a filter of its own: `[kernelHeight, kernelWidth, 1, channels]`.
///
/// There is nothing to sum over channels, so a matrix product would be mostly overhead; channels
/// lie side by side, so every tap is one multiply-add of vectors.
struct DepthwiseConvolution {
    let shape: ConvolutionShape

    init(_ shape: ConvolutionShape) {
        self.shape = shape
    }

    /// Adds to the output: `y[p, c] += Σ x[p + tap, c] f[tap, c]`.
    func forward(
        input: UnsafePointer<Float>, filters: UnsafePointer<Float>,
        output: UnsafeMutablePointer<Float>
    ) {
        forEachTap { source, target, tap in
            multiplyAdd(input + source, filters + tap, into: output + target)
        }
    }

    /// Adds to both gradients: `df[tap, c] += Σ x[p + tap, c] dy[p, c]` and
    /// `dx[p + tap, c] += f[tap, c] dy[p, c]`.
    func backward(
        input: UnsafePointer<Float>, outputGradient: UnsafePointer<Float>,
        filters: UnsafePointer<Float>, filterGradient: UnsafeMutablePointer<Float>,
        inputGradient: UnsafeMutablePointer<Float>?
    ) {
        forEachTap { source, target, tap in
            multiplyAdd(input + source, outputGradient + target, into: filterGradient + tap)
            if let inputGradient {
                multiplyAdd(filters + tap, outputGradient + target, into: inputGradient + source)
            }
        }
    }

    /// `c += a * b` over the channels.
    @inline(__always)
    private func multiplyAdd(
        _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, into c: UnsafeMutablePointer<Float>
    ) {
        let count = shape.outputChannels
        var index = 0
        while index + Vector.scalarCount <= count {
            c.store(c.vector(at: index) + a.vector(at: index) * b.vector(at: index), at: index)
            index += Vector.scalarCount
        }
        while index < count {
            c[index] += a[index] * b[index]
            index += 1
        }
    }

    /// Calls `body` with the offsets of every pair of an output position and a tap whose input
    /// lies inside the image.
    @inline(__always)
    private func forEachTap(_ body: (_ source: Int, _ target: Int, _ tap: Int) -> Void) {
        let channels = shape.inputChannels
        for y in 0..<shape.outputHeight {
            for x in 0..<shape.outputWidth {
                let target = (y * shape.outputWidth + x) * channels
                for kernelRow in 0..<shape.kernelHeight {
                    let row = y * shape.stride - shape.paddingTop + kernelRow
                    guard row >= 0, row < shape.inputHeight else { continue }
                    for kernelColumn in 0..<shape.kernelWidth {
                        let column = x * shape.stride - shape.paddingLeft + kernelColumn
                        guard column >= 0, column < shape.inputWidth else { continue }
                        let source = (row * shape.inputWidth + column) * channels
                        let tap = (kernelRow * shape.kernelWidth + kernelColumn) * channels
                        body(source, target, tap)
                    }
                }
            }
        }
    }
}
