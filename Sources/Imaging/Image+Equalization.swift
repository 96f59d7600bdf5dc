import Kernels
import Tensor

extension Image {
    /// The picture with its gray levels spread so that each range of them covers about as many
    /// pixels: what OpenCV's `equalizeHist` gives.
    ///
    /// - Precondition: The picture is grayscale.
    /// - Complexity: O(*n*) in the number of samples.
    public func equalized() -> Image {
        require(channels == 1, "only grayscale pictures are equalized, not \(channels) channels")
        let levels = [UInt8](unsafeUninitializedCapacity: samples.count) { target, count in
            let target = UnsafeMutableBufferPointer(rebasing: target[..<samples.count])
            samples.withUnsafeBufferPointer { equalize($0, into: target) }
            count = samples.count
        }
        return Image(width: width, height: height, channels: 1, samples: levels)
    }
}
