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
        let groupInputs = filters.shape[2]
        let filterCount = filters.shape[3]
        var output = ReferenceArray(
            zeros: [images.shape[0], window.outputHeight, window.outputWidth, filterCount])
        for image in 0..<images.shape[0] {
            for y in 0..<window.outputHeight {
                for x in 0..<window.outputWidth {
                    for filter in 0..<filterCount {
                        let firstInput = filter / (filterCount / groups) * groupInputs
                        var sum = bias?[filter] ?? 0
                        for row in 0..<window.height {
                            let inputRow = y * window.stride - window.top + row
                            guard (0..<images.shape[1]).contains(inputRow) else { continue }
                            for column in 0..<window.width {
                                let inputColumn = x * window.stride - window.left + column
                                guard (0..<images.shape[2]).contains(inputColumn) else { continue }
                                for channel in 0..<groupInputs {
                                    sum +=
                                        images[image, inputRow, inputColumn, firstInput + channel]
                                        * filters[row, column, channel, filter]
                                }
                            }
                        }
                        output[image, y, x, filter] = sum
                    }
                }
            }
        }
        return output
    }
}
