import Imaging
import Kernels
import Tensor

/// What cameras and detectors do to faces, in three strengths, to see what a network stands.
///
/// What has a direction goes one way in one half of the pictures and the other way in the other.
/// Where a picture is moved or made smaller, its edges are repeated.
public enum Corruption: String, CaseIterable, Sendable {
    /// Brighter or darker by 0.1, 0.2 or 0.3 of white.
    case brightness
    /// Contrast of 0.7, 0.5 or 0.3.
    case contrast
    /// Gaussian blur with a standard deviation of 1, 1.5 or 2 pixels where the width is 48.
    case blur
    /// Noise with a standard deviation of 0.05, 0.1 or 0.15 of white.
    case noise
    /// Turned by 10, 20 or 30 degrees.
    case rotation
    /// Moved by 0.06, 0.12 or 0.18 of the sides, towards a corner.
    case shift
    /// Larger or smaller by a factor of 1.1, 1.25 or 1.4.
    case scale

    /// The strengths, from the least.
    public static let strengths = 1...3
}

extension ImageDataset {
    /// The pictures with a corruption; always the same ones.
    ///
    /// - Parameters:
    ///   - corruption: What happens to them.
    ///   - strength: 1, 2 or 3.
    /// - Returns: As many pictures, with the same labels and in the same order.
    /// - Complexity: O(*n*) in the number of samples.
    public func corrupted(by corruption: Corruption, strength: Int) -> ImageDataset {
        require(
            Corruption.strengths.contains(strength), "a strength is 1, 2 or 3, not \(strength)")
        var result = ImageDataset(
            height: height, width: width, channels: channels, classNames: classNames)
        result.name = name
        result.reserveCapacity(count)
        let changes = PictureChanges(corruption, strength: strength)
        for index in 0..<count {
            result.append(
                changes.applied(to: image(at: index), number: index), label: Int(labels[index]))
        }
        return result
    }
}

/// What a corruption of a strength does to a picture.
private struct PictureChanges {
    let corruption: Corruption
    let strength: Int

    /// Samples are 0...1 between the bytes that the pictures come from and those they become.
    private let scaling = SampleScaling(mean: 0, spread: 1)

    init(_ corruption: Corruption, strength: Int) {
        self.corruption = corruption
        self.strength = strength
    }

    private func amount(_ amounts: Float...) -> Float { amounts[strength - 1] }

    func applied(to image: Image, number: Int) -> Image {
        let count = image.samples.count
        let samples = withUnsafeTemporaryAllocation(of: Float.self, capacity: count) { memory in
            guard let inputs = memory.baseAddress else { return image.samples }
            warp(of: image, number: number).apply(to: image.samples, scaling: scaling, into: inputs)
            switch corruption {
            case .blur:
                PictureBlur(deviation: amount(1, 1.5, 2) * Float(image.width) / 48).apply(
                    to: inputs, height: image.height, width: image.width, channels: image.channels)
            case .noise:
                PictureNoise(deviation: amount(0.05, 0.1, 0.15) * 255, seed: UInt64(number)).apply(
                    to: inputs, count: count, scaling: scaling)
            case .brightness, .contrast, .rotation, .shift, .scale:
                break
            }
            return memory.map { UInt8(($0 * 255).rounded()) }
        }
        return Image(
            width: image.width, height: image.height, channels: image.channels, samples: samples)
    }

    /// The change of place and brightness.
    private func warp(of image: Image, number: Int) -> PictureWarp {
        var warp = PictureWarp(height: image.height, width: image.width, channels: image.channels)
        let sign: Float = number.isMultiple(of: 2) ? 1 : -1
        switch corruption {
        case .brightness:
            warp.brightness = sign * amount(0.1, 0.2, 0.3) * 255
        case .contrast:
            warp.contrast = amount(0.7, 0.5, 0.3)
        case .rotation:
            let turn = Rotation(radians: sign * amount(10, 20, 30) * .pi / 180)
            warp.columnStep = [turn.cosine, -turn.sine]
            warp.rowStep = [turn.sine, turn.cosine]
        case .shift:
            let otherSign: Float = (number / 2).isMultiple(of: 2) ? 1 : -1
            let size = SIMD2(Float(image.width), Float(image.height))
            warp.origin = [sign, otherSign] * size * amount(0.06, 0.12, 0.18)
        case .scale:
            let factor = amount(1.1, 1.25, 1.4)
            let step = sign > 0 ? factor : 1 / factor
            warp.columnStep = [step, 0]
            warp.rowStep = [0, step]
        case .blur, .noise:
            break
        }
        return warp
    }
}
