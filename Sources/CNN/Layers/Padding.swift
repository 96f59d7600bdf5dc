import Kernels
import Tensor

/// What a window does at the edges of an image.
public enum Padding: String, Hashable, Codable, Sendable {
    /// The window stays inside: `floor((size - window) / stride) + 1` positions.
    case valid
    /// The window reaches over the edges: `ceil(size / stride)` positions. Where the overlap is
    /// odd, the lower and the right edge get one more, as in TensorFlow.
    case same
}

/// A square window that slides over an image.
struct SlidingWindow {
    var size: Int
    var stride: Int
    var padding: Padding

    /// Checks that the window fits an image of `[height, width, channels]`.
    func validate(over input: Shape) throws(ArchitectureError) {
        guard input.rank == 3 else {
            throw ArchitectureError("takes [height, width, channels], not \(input)")
        }
        guard 1...255 ~= size, 1...255 ~= stride else {
            throw ArchitectureError(
                "a window has a size and a stride of 1 to 255, not \(size) and \(stride)")
        }
        guard positions(along: input[0]).count >= 1, positions(along: input[1]).count >= 1 else {
            throw ArchitectureError("a window of \(size) x \(size) does not fit into \(input)")
        }
    }

    /// All sizes of a convolution or pooling with this window, which has been validated.
    ///
    /// The input is `[height, width, channels]`; without `outputChannels` there are as many.
    func shape(
        over input: Shape, outputChannels: Int? = nil, groups: Int = 1
    ) -> ConvolutionShape {
        let (height, top) = positions(along: input[0])
        let (width, left) = positions(along: input[1])
        return ConvolutionShape(
            inputHeight: input[0], inputWidth: input[1], inputChannels: input[2],
            outputHeight: height, outputWidth: width,
            outputChannels: outputChannels ?? input[2],
            kernelHeight: size, kernelWidth: size, stride: stride,
            paddingTop: top, paddingLeft: left, groups: groups)
    }

    /// Checks that the window fits an image and is small enough for a pooling.
    func validateForPooling(over input: Shape) throws(ArchitectureError) {
        guard size <= 15 else {
            throw ArchitectureError(
                "pools windows of up to 15 x 15, not \(size) x \(size); GlobalAveragePool() "
                    + "takes the whole image")
        }
        try validate(over: input)
    }

    private func positions(along length: Int) -> (count: Int, before: Int) {
        switch padding {
        case .valid:
            return (length < size ? 0 : (length - size) / stride + 1, 0)
        case .same:
            let count = (length + stride - 1) / stride
            return (count, max(0, (count - 1) * stride + size - length) / 2)
        }
    }
}
