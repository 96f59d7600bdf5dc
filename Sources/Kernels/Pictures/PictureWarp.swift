/// One change of place, contrast and brightness, from the bytes of a picture,
/// `[height, width, channels]`, to a network's input of the same shape.
package struct PictureWarp {
    package var height: Int
    package var width: Int
    package var channels: Int
    /// A pixel at offset (x, y) from the middle of the result shows what lies at offset
    /// `x * columnStep + y * rowStep + origin` from the middle of the source, in pixels.
    package var columnStep: SIMD2<Float> = [1, 0]
    package var rowStep: SIMD2<Float> = [0, 1]
    package var origin: SIMD2<Float> = [0, 0]
    /// The factor by which samples are spread about their mean.
    package var contrast: Float = 1
    /// What is added to each sample, which then is kept in 0...255.
    package var brightness: Float = 0

    package init(height: Int, width: Int, channels: Int) {
        self.height = height
        self.width = width
        self.channels = channels
    }

    /// Samples the source bilinearly; beyond its edges it goes on with the nearest pixel.
    package func apply(
        to source: UnsafePointer<UInt8>, scaling: SampleScaling,
        into inputs: UnsafeMutablePointer<Float>
    ) {
        guard height > 0, width > 0 else { return }
        let middle = SIMD2(Float(width - 1), Float(height - 1)) / 2
        let limit = SIMD2(Float(width - 1), Float(height - 1))
        let mean = contrast == 1 ? 0 : mean(of: source)
        let lift = mean - contrast * mean + brightness
        for row in 0..<height {
            for column in 0..<width {
                let offset = SIMD2(Float(column), Float(row)) - middle
                let place = (offset.x * columnStep + offset.y * rowStep + origin + middle)
                    .clamped(lowerBound: .zero, upperBound: limit)
                let (left, top) = (Int(place.x), Int(place.y))
                let (right, bottom) = (min(left + 1, width - 1), min(top + 1, height - 1))
                let (x, y) = (place.x - Float(left), place.y - Float(top))
                for channel in 0..<channels {
                    func sample(_ row: Int, _ column: Int) -> Float {
                        Float(source[(row * width + column) * channels + channel])
                    }
                    let upper = sample(top, left) * (1 - x) + sample(top, right) * x
                    let lower = sample(bottom, left) * (1 - x) + sample(bottom, right) * x
                    let value = (upper * (1 - y) + lower * y) * contrast + lift
                    inputs[(row * width + column) * channels + channel] =
                        scaling(min(max(value, 0), 255))
                }
            }
        }
    }

    private func mean(of source: UnsafePointer<UInt8>) -> Float {
        let count = height * width * channels
        var sum = 0
        for index in 0..<count { sum += Int(source[index]) }
        return Float(sum) / Float(count)
    }
}
