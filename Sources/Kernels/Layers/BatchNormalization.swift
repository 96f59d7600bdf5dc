/// The sweeps over one image of which batch normalization consists (Ioffe and Szegedy, "Batch
/// normalization", arXiv 1502.03167).
///
/// Images are `[rows, channels]`, where a row is a pixel; everything else is `[channels]`.
package struct BatchNormalization: Sendable {
    package let rows: Int
    package let channels: Int

    package init(rows: Int, channels: Int) {
        self.rows = rows
        self.channels = channels
    }

    /// The number of floats of one image.
    package var count: Int { rows * channels }

    /// Writes the sum of `x` over the rows.
    package func sum(_ x: UnsafePointer<Float>, into sums: UnsafeMutablePointer<Float>) {
        sums.update(repeating: 0, count: channels)
        accumulateRows(x, rows: rows, columns: channels, into: sums)
    }

    /// Writes the sum of `(x - mean)²` over the rows.
    ///
    /// A sweep of its own after the mean is known: the difference of two large sums would lose the
    /// digits of a small variance.
    package func sumOfSquares(
        _ x: UnsafePointer<Float>, mean: UnsafePointer<Float>,
        into sums: UnsafeMutablePointer<Float>
    ) {
        sums.update(repeating: 0, count: channels)
        forEachRow { row in
            let x = x + row
            var channel = 0
            while channel + Vector.scalarCount <= channels {
                let difference = x.vector(at: channel) - mean.vector(at: channel)
                sums.store(sums.vector(at: channel) + difference * difference, at: channel)
                channel += Vector.scalarCount
            }
            while channel < channels {
                let difference = x[channel] - mean[channel]
                sums[channel] += difference * difference
                channel += 1
            }
        }
    }

    /// Writes `scale * x + shift`; `y` may be `x`.
    package func affine(
        _ x: UnsafePointer<Float>, scale: UnsafePointer<Float>, shift: UnsafePointer<Float>,
        into y: UnsafeMutablePointer<Float>
    ) {
        forEachRow { row in
            let x = x + row
            let y = y + row
            var channel = 0
            while channel + Vector.scalarCount <= channels {
                y.store(
                    x.vector(at: channel) * scale.vector(at: channel) + shift.vector(at: channel),
                    at: channel)
                channel += Vector.scalarCount
            }
            while channel < channels {
                y[channel] = x[channel] * scale[channel] + shift[channel]
                channel += 1
            }
        }
    }

    /// Writes the sums over the rows of `dy` and of `dy * (x - mean)`.
    package func gradientSums(
        x: UnsafePointer<Float>, dy: UnsafePointer<Float>, mean: UnsafePointer<Float>,
        sums: UnsafeMutablePointer<Float>, products: UnsafeMutablePointer<Float>
    ) {
        sums.update(repeating: 0, count: channels)
        products.update(repeating: 0, count: channels)
        forEachRow { row in
            let x = x + row
            let dy = dy + row
            var channel = 0
            while channel + Vector.scalarCount <= channels {
                let gradient = dy.vector(at: channel)
                let difference = x.vector(at: channel) - mean.vector(at: channel)
                sums.store(sums.vector(at: channel) + gradient, at: channel)
                products.store(products.vector(at: channel) + gradient * difference, at: channel)
                channel += Vector.scalarCount
            }
            while channel < channels {
                sums[channel] += dy[channel]
                products[channel] += dy[channel] * (x[channel] - mean[channel])
                channel += 1
            }
        }
    }

    /// Writes `dx = a * dy + b * (x - mean) + c`; `dx` may be `dy`.
    package func inputGradient(
        x: UnsafePointer<Float>, dy: UnsafePointer<Float>, mean: UnsafePointer<Float>,
        a: UnsafePointer<Float>, b: UnsafePointer<Float>, c: UnsafePointer<Float>,
        into dx: UnsafeMutablePointer<Float>
    ) {
        forEachRow { row in
            let x = x + row
            let dy = dy + row
            let dx = dx + row
            var channel = 0
            while channel + Vector.scalarCount <= channels {
                let difference = x.vector(at: channel) - mean.vector(at: channel)
                let gradient =
                    a.vector(at: channel) * dy.vector(at: channel)
                    + b.vector(at: channel) * difference
                dx.store(gradient + c.vector(at: channel), at: channel)
                channel += Vector.scalarCount
            }
            while channel < channels {
                dx[channel] =
                    a[channel] * dy[channel] + b[channel] * (x[channel] - mean[channel])
                    + c[channel]
                channel += 1
            }
        }
    }

    @inline(__always)
    private func forEachRow(_ body: (_ offset: Int) -> Void) {
        for row in 0..<rows { body(row * channels) }
    }
}
