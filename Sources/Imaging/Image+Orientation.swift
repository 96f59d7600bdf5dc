import Kernels

extension Image {
    /// The picture turned or mirrored.
    ///
    /// - Complexity: O(*n*) in the number of samples; O(1) for a picture that is upright.
    public func turned(_ orientation: ImageOrientation) -> Image {
        guard orientation != .upright, !samples.isEmpty else { return self }
        // Where the first pixel of the result lies, and the steps to its next row and column.
        let (right, down) = (width - 1, (height - 1) * width)
        let (first, rowStep, columnStep) =
            switch orientation {
            case .upright: (0, width, 1)
            case .mirrored: (right, width, -1)
            case .upsideDown: (down + right, -width, -1)
            case .flipped: (down, -width, 1)
            case .transposed: (0, 1, width)
            case .turnedRight: (down, 1, -width)
            case .transversed: (down + right, -1, -width)
            case .turnedLeft: (right, -1, width)
            }
        let exchanges = orientation.exchangesSides
        let (newWidth, newHeight) = exchanges ? (height, width) : (width, height)
        let result = [UInt8](unsafeUninitializedCapacity: samples.count) { target, count in
            samples.withUnsafeBufferPointer { source in
                guard let source = source.baseAddress, let target = target.baseAddress else {
                    return
                }
                turnPixels(
                    source + first * channels, rowStep: rowStep, columnStep: columnStep,
                    into: target, height: newHeight, width: newWidth, channels: channels)
            }
            count = samples.count
        }
        return Image(width: newWidth, height: newHeight, channels: channels, samples: result)
    }
}
