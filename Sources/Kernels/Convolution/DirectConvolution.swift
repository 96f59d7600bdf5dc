/// Convolution as it is defined, for few input channels, where a matrix product would be too short
/// to pay for laying out its columns.
///
/// What a filter row sees of an image row lies side by side in memory, over its columns and
/// channels: a run of floats, each of which multiplies the values that the filters have for it, one
/// for each output channel.
struct DirectConvolution: Sendable {
    let shape: ConvolutionShape

    init(_ shape: ConvolutionShape) {
        self.shape = shape
    }

    /// A band of the output.
    var scratchCount: Int { shape.bandCount }

    /// `y[p, c] = Σ x[p + tap] f[tap, c]`, where the taps run over rows, columns and channels.
    func forward(
        input: UnsafePointer<Float>, images: Int, filters: UnsafePointer<Float>,
        scratch: UnsafeMutablePointer<Float>, write: (OutputPatch) -> Void
    ) {
        let channels = shape.outputChannels
        shape.forEachBand(of: images, in: scratch) { band in
            let input = input + band.image * shape.inputCount
            band.forEachPixel { y, x in
                let output = band.pixel(y, x)
                forEachVector(channels) { channel, lanes in
                    var sum = Vector.zero
                    forEachRun(y, x) { source, tap, count in
                        let filter = filters + tap * channels + channel
                        for index in 0..<count {
                            sum +=
                                filter.vector(at: index * channels, lanes: lanes)
                                * input[source + index]
                        }
                    }
                    output.store(sum, at: channel, lanes: lanes)
                }
            }
            write(band)
        }
    }

    /// Adds to the gradient of the filters, `df[tap, c] += Σ x[p + tap] dy[p, c]`, and writes that
    /// of the input: `dx[p + tap] += Σ f[tap, c] dy[p, c]`.
    func backward(
        input: UnsafePointer<Float>, images: Int, filters: UnsafePointer<Float>,
        filterGradient: UnsafeMutablePointer<Float>, inputGradient: UnsafeMutablePointer<Float>?,
        scratch: UnsafeMutablePointer<Float>, read: (OutputPatch) -> Void
    ) {
        inputGradient?.update(repeating: 0, count: images * shape.inputCount)
        shape.forEachBand(of: images, in: scratch) { band in
            let image = band.image * shape.inputCount
            read(band)
            addFilterGradient(of: band, input: input + image, to: filterGradient)
            if let inputGradient {
                addInputGradient(of: band, filters: filters, to: inputGradient + image)
            }
        }
    }

    private func addFilterGradient(
        of band: OutputPatch, input: UnsafePointer<Float>,
        to filterGradient: UnsafeMutablePointer<Float>
    ) {
        let channels = shape.outputChannels
        band.forEachPixel { y, x in
            let dy = band.pixel(y, x)
            forEachVector(channels) { channel, lanes in
                let gradient = dy.vector(at: channel, lanes: lanes)
                forEachRun(y, x) { source, tap, count in
                    let target = filterGradient + tap * channels + channel
                    for index in 0..<count {
                        let sum =
                            target.vector(at: index * channels, lanes: lanes)
                            + gradient * input[source + index]
                        target.store(sum, at: index * channels, lanes: lanes)
                    }
                }
            }
        }
    }

    private func addInputGradient(
        of band: OutputPatch, filters: UnsafePointer<Float>,
        to inputGradient: UnsafeMutablePointer<Float>
    ) {
        let channels = shape.outputChannels
        band.forEachPixel { y, x in
            let dy = band.pixel(y, x)
            forEachRun(y, x) { source, tap, count in
                for index in 0..<count {
                    let filter = filters + (tap + index) * channels
                    var sum = Vector.zero
                    forEachVector(channels) { channel, lanes in
                        sum +=
                            filter.vector(at: channel, lanes: lanes)
                            * dy.vector(at: channel, lanes: lanes)
                    }
                    inputGradient[source + index] += sum.sum()
                }
            }
        }
    }

    /// Calls `body` with the runs of input that belong to an output position: where one begins in
    /// the image, the first tap that it belongs to, and the number of floats.
    @inline(__always)
    private func forEachRun(
        _ y: Int, _ x: Int, _ body: (_ source: Int, _ tap: Int, _ count: Int) -> Void
    ) {
        let top = y * shape.stride - shape.paddingTop
        let left = x * shape.stride - shape.paddingLeft
        let firstColumn = max(0, -left)
        let columns = min(shape.kernelWidth, shape.inputWidth - left) - firstColumn
        guard columns > 0 else { return }
        for kernelRow in max(
            0, -top)..<max(0, -top, min(shape.kernelHeight, shape.inputHeight - top))
        {
            body(
                ((top + kernelRow) * shape.inputWidth + left + firstColumn) * shape.inputChannels,
                (kernelRow * shape.kernelWidth + firstColumn) * shape.inputChannels,
                columns * shape.inputChannels)
        }
    }
}
