import Kernels
import Tensor

extension Image {
    /// How the samples between pixels follow from those of the pixels.
    public enum Interpolation: Hashable, Sendable, CaseIterable {
        /// Linear between the centers of pixels. When a picture shrinks, the triangle of weights is
        /// widened to cover all pixels that fall into one. It is what Pillow calls `BILINEAR`,
        /// within one unit in the last place.
        case linear
        /// The mean of the area that the new pixel covers. When a picture shrinks, it is what
        /// OpenCV calls `INTER_AREA`, within one unit in the last place.
        case area
    }

    /// The picture stretched or shrunk to a size.
    ///
    /// Fine patterns turn gray when a picture shrinks, instead of into other patterns.
    ///
    /// - Precondition: Neither picture is empty.
    /// - Complexity: O(*n* + *m*) in the numbers of samples of the two pictures.
    public func resized(
        height newHeight: Int, width newWidth: Int, by interpolation: Interpolation = .linear
    ) -> Image {
        require(
            !samples.isEmpty && newHeight > 0 && newWidth > 0,
            "cannot resize [\(height), \(width)] to [\(newHeight), \(newWidth)]")
        guard newHeight != height || newWidth != width else { return self }
        let columns = ResamplingFilter(interpolation, from: width, to: newWidth)
        let rows = ResamplingFilter(interpolation, from: height, to: newHeight)
        let shape = ResamplingShape(
            height: height, width: width, newHeight: newHeight, newWidth: newWidth,
            channels: channels, rowTaps: rows.taps, columnTaps: columns.taps)
        // Pictures are mostly shrunk, so the pass that goes by vectors takes the larger part first.
        let lines = [Float](unsafeUninitializedCapacity: newHeight * width * channels) {
            guard let start = $0.baseAddress else { return }
            resampleRows(
                samples, starts: rows.starts, weights: rows.weights, into: start, shape: shape)
            $1 = $0.count
        }
        let result = [UInt8](unsafeUninitializedCapacity: newHeight * newWidth * channels) {
            guard let start = $0.baseAddress else { return }
            resampleColumns(
                lines, starts: columns.starts, weights: columns.weights, into: start, shape: shape)
            $1 = $0.count
        }
        return Image(width: newWidth, height: newHeight, channels: channels, samples: result)
    }
}
