/// The sweeps over one image of which batch normalization consists (Ioffe and Szegedy, "Batch
/// normalization", arXiv 1502.03167).
///
/// Images are `[height, width, channels]`, and come in patches: the whole image, or what a
/// convolution has just computed of it. All else is `[channels]`.
package struct BatchNormalization: Sendable {
    package let width: Int
    package let channels: Int

    package init(width: Int, channels: Int) {
        self.width = width
        self.channels = channels
    }

    /// Adds a patch to the moments of its image, and writes it to the image where one is given.
    ///
    /// - Parameters:
    ///   - patch: The values; the first of an image's patches begins with its first pixel.
    ///   - image: Where the values are to be written.
    ///   - moments: `[3, channels]`: a pivot, and the sums of `x - pivot` and of its square. The
    ///     pivot is the first pixel, because the difference of two large sums would lose the digits
    ///     of a small variance.
    package func measure(
        _ patch: OutputPatch, into image: UnsafeMutablePointer<Float>?,
        moments: UnsafeMutablePointer<Float>
    ) {
        let (sums, squares) = (moments + channels, moments + 2 * channels)
        if patch.rows.lowerBound == 0, patch.columns.lowerBound == 0 {
            moments.update(from: patch.start, count: channels)
            sums.update(repeating: 0, count: 2 * channels)
        }
        forEachVector(channels) { channel, lanes in
            let pivot = moments.vector(at: channel, lanes: lanes)
            var sum = sums.vector(at: channel, lanes: lanes)
            var square = squares.vector(at: channel, lanes: lanes)
            patch.forEachOffset(width: width, channels: channels) { offset, place in
                let value = patch.start.vector(at: offset &+ channel, lanes: lanes)
                image?.store(value, at: place &+ channel, lanes: lanes)
                let difference = value - pivot
                sum += difference
                square += difference * difference
            }
            sums.store(sum, at: channel, lanes: lanes)
            squares.store(square, at: channel, lanes: lanes)
        }
    }

    /// Adds the sums of `dy` and of `dy * (x - mean)` over a patch.
    ///
    /// - Parameters:
    ///   - dy: A patch of the gradient of the output.
    ///   - x: The image that was normalized.
    ///   - mean: The mean that was subtracted.
    ///   - sums: `[2, channels]`, set to zero first where the patch is the first one of its image.
    package func addGradientSums(
        _ dy: OutputPatch, x: UnsafePointer<Float>, mean: UnsafePointer<Float>,
        to sums: UnsafeMutablePointer<Float>
    ) {
        let products = sums + channels
        if dy.rows.lowerBound == 0, dy.columns.lowerBound == 0 {
            sums.update(repeating: 0, count: 2 * channels)
        }
        forEachVector(channels) { channel, lanes in
            let mean = mean.vector(at: channel, lanes: lanes)
            var sum = sums.vector(at: channel, lanes: lanes)
            var product = products.vector(at: channel, lanes: lanes)
            dy.forEachOffset(width: width, channels: channels) { offset, place in
                let gradient = dy.start.vector(at: offset &+ channel, lanes: lanes)
                let value = x.vector(at: place &+ channel, lanes: lanes)
                sum += gradient
                product += gradient * (value - mean)
            }
            sums.store(sum, at: channel, lanes: lanes)
            products.store(product, at: channel, lanes: lanes)
        }
    }

    /// Fills a patch with `a * dy + b * (x - mean) + c`.
    ///
    /// - Parameters:
    ///   - dy: The gradient of the normalized image.
    ///   - x: The image that was normalized.
    ///   - mean: The mean that was subtracted.
    ///   - a: `[channels]`.
    ///   - b: `[channels]`.
    ///   - c: `[channels]`.
    ///   - dx: The patch of the gradient of `x`.
    package func inputGradient(
        _ dy: UnsafePointer<Float>, x: UnsafePointer<Float>, mean: UnsafePointer<Float>,
        a: UnsafePointer<Float>, b: UnsafePointer<Float>, c: UnsafePointer<Float>,
        into dx: OutputPatch
    ) {
        dx.forEachOffset(width: width, channels: channels) { offset, place in
            forEachVector(channels) { channel, lanes in
                let difference =
                    x.vector(at: place &+ channel, lanes: lanes)
                    - mean.vector(at: channel, lanes: lanes)
                let gradient =
                    a.vector(at: channel, lanes: lanes)
                    * dy.vector(at: place &+ channel, lanes: lanes)
                    + b.vector(at: channel, lanes: lanes) * difference
                dx.start.store(
                    gradient + c.vector(at: channel, lanes: lanes), at: offset &+ channel,
                    lanes: lanes)
            }
        }
    }

    /// Computes mean and sum of squared differences over all samples from the samples' moments, in
    /// their order (Chan, Golub and LeVeque, "Updating formulae and a pairwise algorithm for
    /// computing sample variances", 1979).
    ///
    /// - Parameters:
    ///   - moments: Each sample's moments; see `measure`.
    ///   - stride: The distance in floats from a sample's moments to the next one's.
    ///   - samples: The number of samples.
    ///   - pixels: The number of pixels of a sample.
    ///   - range: The channels to compute.
    ///   - body: Takes a channel with its mean and its sum of squared differences.
    package func merge(
        _ moments: UnsafePointer<Float>, stride: Int, samples: Int, pixels: Int,
        of range: Range<Int>, _ body: (_ channel: Int, _ mean: Double, _ squares: Double) -> Void
    ) {
        forEachVector(range.count) { index, lanes in
            let first = range.lowerBound + index
            var mean = SIMD8<Double>.zero
            var squares = SIMD8<Double>.zero
            for sample in 0..<samples {
                let start = moments + (sample * stride + first)
                func read(_ moment: Int) -> SIMD8<Double> {
                    SIMD8<Double>(start.vector(at: moment * channels, lanes: lanes))
                }
                let sum = read(1)
                let offset = sum / Double(pixels)
                let difference = read(0) + offset - mean
                let before = Double(sample) / Double(sample + 1)
                mean += difference / Double(sample + 1)
                squares += read(2) - sum * offset
                squares += difference * difference * (before * Double(pixels))
            }
            for lane in 0..<lanes { body(first + lane, mean[lane], max(squares[lane], 0)) }
        }
    }

    /// Adds up the samples' sums of gradients, in their order; see `addGradientSums`.
    package func addUp(
        _ sums: UnsafePointer<Float>, stride: Int, samples: Int, of range: Range<Int>,
        _ body: (_ channel: Int, _ sum: Double, _ product: Double) -> Void
    ) {
        forEachVector(range.count) { index, lanes in
            let first = range.lowerBound + index
            var sum = SIMD8<Double>.zero
            var product = SIMD8<Double>.zero
            for sample in 0..<samples {
                let start = sums + (sample * stride + first)
                sum += SIMD8<Double>(start.vector(at: 0, lanes: lanes))
                product += SIMD8<Double>(start.vector(at: channels, lanes: lanes))
            }
            for lane in 0..<lanes { body(first + lane, sum[lane], product[lane]) }
        }
    }
}
