import Kernels
import Tensor

extension Image {
    /// What lies beyond the edges of a picture.
    public enum Border: Hashable, Sendable {
        /// The nearest pixel goes on.
        case replicate
        /// All samples are the same.
        case constant(UInt8)
    }

    /// A part of the picture.
    ///
    /// - Parameters:
    ///   - rectangle: The part; its edges move to the nearest whole pixels.
    ///   - border: What the part shows where it reaches beyond the edges of the picture.
    /// - Returns: A picture of the size of the part.
    /// - Precondition: Neither the picture nor the part is empty, and the part lies within a
    ///   million pixels of the picture's corner.
    /// - Complexity: O(*n*) in the number of samples of the part.
    public func cropped(to rectangle: Rectangle, border: Border = .replicate) -> Image {
        let (left, right) = (rectangle.x.rounded(), rectangle.maxX.rounded())
        let (top, bottom) = (rectangle.y.rounded(), rectangle.maxY.rounded())
        require(
            !samples.isEmpty && left < right && top < bottom
                && [left, right, top, bottom].allSatisfy { abs($0) <= 1e6 },
            "cannot crop [\(height), \(width)] to \(rectangle)")
        let shape = CropShape(
            height: height, width: width, channels: channels, top: Int(top), left: Int(left),
            newHeight: Int(bottom) - Int(top), newWidth: Int(right) - Int(left))
        var value: UInt8?
        if case .constant(let constant) = border { value = constant }
        let part = [UInt8](
            unsafeUninitializedCapacity: shape.newHeight * shape.newWidth * channels
        ) { target, count in
            guard let start = target.baseAddress else { return }
            crop(samples, border: value, into: start, shape: shape)
            count = target.count
        }
        return Image(
            width: shape.newWidth, height: shape.newHeight, channels: channels, samples: part)
    }
}
