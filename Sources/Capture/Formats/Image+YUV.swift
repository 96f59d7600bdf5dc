import Imaging
import Kernels

extension Image {
    /// Converts a picture of luma and differences of color.
    ///
    /// - Parameters:
    ///   - bytes: As many as `shape` says, or more.
    ///   - shape: Where the samples lie.
    ///   - encoding: What they mean.
    ///   - color: What the picture shall have.
    init(
        _ bytes: UnsafeBufferPointer<UInt8>, shape: YUVShape, encoding: YUVEncoding,
        color: FrameColor
    ) {
        let count = shape.height * shape.width * color.channels
        let samples = [UInt8](unsafeUninitializedCapacity: count) { target, filled in
            let target = UnsafeMutableBufferPointer(rebasing: target[..<count])
            if color == .grayscale {
                expandLuma(bytes, into: target, shape: shape, grays: encoding.grays)
            } else {
                rgbFromYUV(
                    bytes, into: target, shape: shape, coefficients: encoding.coefficients)
            }
            filled = count
        }
        self.init(
            width: shape.width, height: shape.height, channels: color.channels, samples: samples)
    }
}
