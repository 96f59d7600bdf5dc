import Kernels
import Tensor

extension Image {
    /// The picture stretched or shrunk to a size, with linear interpolation.
    ///
    /// When shrinking, the triangle filter is widened to cover all samples that fall into one, so
    /// that fine patterns turn gray instead of into other patterns. It is what Pillow calls
    /// `BILINEAR`, within one unit in the last place.
    ///
    /// - Precondition: Neither picture is empty.
    /// - Complexity: O(*n* + *m*) in the numbers of samples of the two pictures.
    public func resized(height newHeight: Int, width newWidth: Int) -> Image {
        require(
            !samples.isEmpty && newHeight > 0 && newWidth > 0,
            "cannot resize [\(height), \(width)] to [\(newHeight), \(newWidth)]")
        guard newHeight != height || newWidth != width else { return self }
        let columns = ResamplingFilter(from: width, to: newWidth)
        let rows = ResamplingFilter(from: height, to: newHeight)
        let shape = ResamplingShape(
            height: height, width: width, newHeight: newHeight, newWidth: newWidth,
            channels: channels, rowTaps: rows.taps, columnTaps: columns.taps)
        // Pictures are mostly shrunk, so the pass that leaves fewer samples to the other is first.
        let narrow = [Float](unsafeUninitializedCapacity: height * newWidth * channels) {
            resampleColumns(
                samples, starts: columns.starts, weights: columns.weights, into: $0, shape: shape)
            $1 = $0.count
        }
        let result = [UInt8](unsafeUninitializedCapacity: newHeight * newWidth * channels) {
            resampleRows(
                narrow, starts: rows.starts, weights: rows.weights, into: $0, shape: shape)
            $1 = $0.count
        }
        return Image(width: newWidth, height: newHeight, channels: channels, samples: result)
    }
}

/// Which samples of a line make each sample of a longer or shorter line, and how much they weigh.
struct ResamplingFilter {
    /// The number of weights of each new sample.
    let taps: Int
    /// The first old sample of each new one, `[newCount]`.
    var starts: [Int] = []
    /// The weights, `[newCount, taps]`; those of a sample sum to 1.
    var weights: [Float] = []

    init(from count: Int, to newCount: Int) {
        let scale = Double(count) / Double(newCount)
        let radius = max(scale, 1)
        taps = min(count, Int((2 * radius).rounded(.up)) + 1)
        for sample in 0..<newCount {
            let center = (Double(sample) + 0.5) * scale
            let start = min(max(0, Int((center - radius).rounded())), count - taps)
            let triangle = (start..<start + taps).map { old in
                max(0, 1 - abs(Double(old) + 0.5 - center) / radius)
            }
            let sum = triangle.reduce(0, +)
            starts.append(start)
            weights += triangle.map { Float($0 / sum) }
        }
    }
}
