import Kernels
import Tensor

extension Image {
    /// The picture with 1 channel: the luma of ITU-R BT.601, `0.299 R + 0.587 G + 0.114 B`, rounded
    /// as Pillow rounds it.
    ///
    /// - Complexity: O(*n*) in the number of samples; O(1) for a grayscale picture.
    public func grayscale() -> Image {
        guard channels == 3 else { return self }
        let gray = [UInt8](unsafeUninitializedCapacity: width * height) { target, count in
            samples.withUnsafeBufferPointer { lumaFromRGB($0, into: target) }
            count = target.count
        }
        return Image(width: width, height: height, channels: 1, samples: gray)
    }

    /// The picture with 3 channels; those of a grayscale picture are all the same.
    ///
    /// - Complexity: O(*n*) in the number of samples; O(1) for a color picture.
    public func rgb() -> Image {
        guard channels == 1 else { return self }
        let color = [UInt8](unsafeUninitializedCapacity: samples.count * 3) { target, count in
            samples.withUnsafeBufferPointer { rgbFromLuma($0, into: target) }
            count = target.count
        }
        return Image(width: width, height: height, channels: 3, samples: color)
    }

    /// The picture with the given number of channels.
    ///
    /// - Precondition: `channels` is 1 or 3.
    /// - Complexity: O(*n*) in the number of samples.
    public func converted(toChannels channels: Int) -> Image {
        require(
            channels == 1 || channels == 3, "a picture has 1 or 3 channels, not \(channels)")
        return channels == 1 ? grayscale() : rgb()
    }
}
