/// What layers compute, written down as slowly and plainly as their definitions.
public enum Oracle {}

extension Oracle {
    /// Where a window stands on an image, position by position.
    public struct Window: Sendable {
        /// The height of the window.
        public var height: Int
        /// The width of the window.
        public var width: Int
        /// The step between two positions.
        public var stride: Int
        /// How far the first position lies above the image.
        public var top: Int
        /// How far the first position lies left of the image.
        public var left: Int
        /// The number of positions from top to bottom.
        public var outputHeight: Int
        /// The number of positions from left to right.
        public var outputWidth: Int

        /// Describes a window by all its numbers.
        public init(
            height: Int, width: Int, stride: Int, top: Int, left: Int, outputHeight: Int,
            outputWidth: Int
        ) {
            self.height = height
            self.width = width
            self.stride = stride
            self.top = top
            self.left = left
            self.outputHeight = outputHeight
            self.outputWidth = outputWidth
        }

        /// Describes a square window on images of `[batch, height, width, channels]` by
        /// TensorFlow's rules: `same` padding gives `ceil(length / stride)` positions, with the
        /// smaller half of the padding before.
        public init(size: Int, stride: Int, isPaddedSame: Bool, on image: [Int]) {
            func positions(_ length: Int) -> (count: Int, before: Int) {
                guard isPaddedSame else { return ((length - size) / stride + 1, 0) }
                var count = 0
                while count * stride < length { count += 1 }
                let reach = (count - 1) * stride + size
                return (count, reach > length ? (reach - length) / 2 : 0)
            }
            let (rows, top) = positions(image[1])
            let (columns, left) = positions(image[2])
            self.init(
                height: size, width: size, stride: stride, top: top, left: left,
                outputHeight: rows, outputWidth: columns)
        }
    }

    /// The convolution of images, `[batch, height, width, channels]`, by filters, `[height, width,
    /// channels / groups, filters]`.
    public static func convolution(
        _ images: ReferenceArray, filters: ReferenceArray, bias: [Double]?, window: Window,
        groups: Int
    ) -> ReferenceArray {
        let filterCount = filters.shape[3]
        let shape = [images.shape[0], window.outputHeight, window.outputWidth, filterCount]
        var output = ReferenceArray(zeros: shape).values
        if let bias {
            for index in output.indices { output[index] = bias[index % filterCount] }
        }
        forEachProduct(images.shape, filters.shape, window, groups: groups) {
            image, filter, target in
            output[target] += images.values[image] * filters.values[filter]
        }
        return ReferenceArray(output, shape: shape)
    }

    /// The gradients of `Σ outputGradient * convolution` by the images and by the filters.
    public static func convolutionGradients(
        _ images: ReferenceArray, filters: ReferenceArray, outputGradient: ReferenceArray,
        window: Window, groups: Int
    ) -> (images: ReferenceArray, filters: ReferenceArray) {
        var imageGradient = ReferenceArray(zeros: images.shape).values
        var filterGradient = ReferenceArray(zeros: filters.shape).values
        forEachProduct(images.shape, filters.shape, window, groups: groups) {
            image, filter, target in
            imageGradient[image] += outputGradient.values[target] * filters.values[filter]
            filterGradient[filter] += outputGradient.values[target] * images.values[image]
        }
        return (
            ReferenceArray(imageGradient, shape: images.shape),
            ReferenceArray(filterGradient, shape: filters.shape)
        )
    }

    /// Calls `body` with all products of which a convolution consists: the offsets of an element of
    /// the images, of the element of the filters that it is multiplied by, and of the output to
    /// which the product is added.
    @inline(__always)
    private static func forEachProduct(
        _ images: [Int], _ filters: [Int], _ window: Window, groups: Int,
        _ body: (_ image: Int, _ filter: Int, _ target: Int) -> Void
    ) {
        let (groupInputs, groupOutputs) = (filters[2], filters[3] / groups)
        var position = 0
        for image in 0..<images[0] {
            for y in 0..<window.outputHeight {
                for x in 0..<window.outputWidth {
                    for row in 0..<window.height {
                        let inputRow = y * window.stride - window.top + row
                        guard (0..<images[1]).contains(inputRow) else { continue }
                        for column in 0..<window.width {
                            let inputColumn = x * window.stride - window.left + column
                            guard (0..<images[2]).contains(inputColumn) else { continue }
                            let pixel = (image * images[1] + inputRow) * images[2] + inputColumn
                            let tap = row * window.width + column
                            for channel in 0..<images[3] {
                                let (group, input) = channel.quotientAndRemainder(
                                    dividingBy: groupInputs)
                                for filter in (group * groupOutputs)..<((group + 1) * groupOutputs)
                                {
                                    body(
                                        pixel * images[3] + channel,
                                        (tap * groupInputs + input) * filters[3] + filter,
                                        position * filters[3] + filter)
                                }
                            }
                        }
                    }
                    position += 1
                }
            }
        }
    }
}
