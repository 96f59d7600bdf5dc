/// Convolution of each channel by a filter of its own: `[kernelHeight, kernelWidth, 1, channels]`.
///
/// There is nothing to sum over channels, so a matrix product would be mostly overhead; channels
/// lie side by side, so every tap is one multiply-add of vectors.
struct DepthwiseConvolution: Sendable {
    let shape: ConvolutionShape

    init(_ shape: ConvolutionShape) {
        self.shape = shape
    }

    /// A band of the output.
    var scratchCount: Int { shape.bandCount }

    /// `y[p, c] = Σ x[p + tap, c] f[tap, c]`.
    func forward(
        input: UnsafePointer<Float>, images: Int, filters: UnsafePointer<Float>,
        scratch: UnsafeMutablePointer<Float>, write: (OutputPatch) -> Void
    ) {
        shape.forEachBand(of: images, in: scratch) { band in
            let input = input + band.image * shape.inputCount
            scratch.update(repeating: 0, count: shape.bandCount)
            forEachTap(of: band) { source, target, tap in
                multiplyAdd(input + source, filters + tap, into: target)
            }
            write(band)
        }
    }

    /// Adds to the gradient of the filters, `df[tap, c] += Σ x[p + tap, c] dy[p, c]`, and writes
    /// that of the input: `dx[p + tap, c] += f[tap, c] dy[p, c]`.
    func backward(
        input: UnsafePointer<Float>, images: Int, filters: UnsafePointer<Float>,
        filterGradient: UnsafeMutablePointer<Float>, inputGradient: UnsafeMutablePointer<Float>?,
        scratch: UnsafeMutablePointer<Float>, read: (OutputPatch) -> Void
    ) {
        inputGradient?.update(repeating: 0, count: images * shape.inputCount)
        shape.forEachBand(of: images, in: scratch) { band in
            let image = band.image * shape.inputCount
            read(band)
            forEachTap(of: band) { source, gradient, tap in
                multiplyAdd(input + image + source, gradient, into: filterGradient + tap)
                if let inputGradient {
                    multiplyAdd(filters + tap, gradient, into: inputGradient + image + source)
                }
            }
        }
    }

    /// `c += a * b` over the channels.
    @inline(__always)
    private func multiplyAdd(
        _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, into c: UnsafeMutablePointer<Float>
    ) {
        forEachVector(shape.outputChannels) { index, lanes in
            let product = a.vector(at: index, lanes: lanes) * b.vector(at: index, lanes: lanes)
            c.store(c.vector(at: index, lanes: lanes) + product, at: index, lanes: lanes)
        }
    }

    /// Calls `body` with every pair of an output position and a tap whose input lies inside the
    /// image: the offset of the input, the output's channels and the offset of the tap's.
    @inline(__always)
    private func forEachTap(
        of band: OutputPatch,
        _ body: (_ source: Int, _ target: UnsafeMutablePointer<Float>, _ tap: Int) -> Void
    ) {
        let channels = shape.inputChannels
        band.forEachPixel { y, x in
            let target = band.pixel(y, x)
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
