import Foundation

/// A Gaussian blur of a picture, `[height, width, channels]`, in its place.
package struct PictureBlur: Equatable {
    /// The standard deviation, in pixels.
    package var deviation: Float

    package init(deviation: Float) {
        self.deviation = deviation
    }

    /// Blurs along rows and then along columns; beyond its edges a picture goes on with its nearest
    /// pixel.
    package func apply(
        to inputs: UnsafeMutablePointer<Float>, height: Int, width: Int, channels: Int
    ) {
        guard deviation > 0, height > 0, width > 0 else { return }
        // Beyond three standard deviations lie three thousandths of the weight.
        let radius = max(1, Int((3 * deviation).rounded(.up)))
        let window = 2 * radius + 1
        let padded = max(height, width) + 2 * radius
        withUnsafeTemporaryAllocation(of: Float.self, capacity: window + padded) { memory in
            guard let weights = memory.baseAddress else { return }
            let line = weights + window
            writeWeights(to: weights, radius: radius)
            func blur(_ start: Int, count: Int, stride: Int) {
                for index in 0..<count + 2 * radius {
                    let place = min(max(index - radius, 0), count - 1)
                    line[index] = inputs[start + place * stride]
                }
                for place in 0..<count {
                    var sum: Float = 0
                    for tap in 0..<window { sum += weights[tap] * line[place + tap] }
                    inputs[start + place * stride] = sum
                }
            }
            for channel in 0..<channels {
                for row in 0..<height {
                    blur(row * width * channels + channel, count: width, stride: channels)
                }
                for column in 0..<width {
                    blur(column * channels + channel, count: height, stride: width * channels)
                }
            }
        }
    }

    /// Writes a bell of `2 * radius + 1` weights whose sum is 1.
    private func writeWeights(to weights: UnsafeMutablePointer<Float>, radius: Int) {
        var sum: Float = 0
        for tap in 0...2 * radius {
            let distance = Float(tap - radius) / deviation
            weights[tap] = exp(-distance * distance / 2)
            sum += weights[tap]
        }
        for tap in 0...2 * radius { weights[tap] /= sum }
    }
}
