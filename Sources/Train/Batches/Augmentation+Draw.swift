import Foundation
import Kernels
import Tensor

extension Augmentation {
    /// What happens to one picture.
    struct Draw {
        /// The change of place and brightness, or nil where there is none.
        var warp: PictureWarp?
        var blur: PictureBlur?
        var noise: PictureNoise?
        var erasing: PictureErasing?
    }

    /// Draws what happens to one picture, `[height, width, channels]`.
    func draw(
        height: Int, width: Int, channels: Int, using random: inout RandomSource
    ) -> Draw {
        // Where a probability is 0 nothing is drawn, as before there were blur and noise.
        Draw(
            warp: leavesPicturesInPlace
                ? nil
                : drawWarp(height: height, width: width, channels: channels, using: &random),
            blur: blurProbability > 0 && random.happens(blurProbability)
                ? PictureBlur(deviation: random.number(in: 0...blur) * Float(width)) : nil,
            noise: noiseProbability > 0 && random.happens(noiseProbability)
                ? PictureNoise(deviation: random.number(in: 0...noise) * 255, seed: random.next())
                : nil,
            erasing: random.happens(erasingProbability)
                ? drawErasing(height: height, width: width, using: &random) : nil)
    }

    private func drawWarp(
        height: Int, width: Int, channels: Int, using random: inout RandomSource
    ) -> PictureWarp {
        let mirror: Float = random.happens(flipProbability) ? -1 : 1
        let turn = Rotation(radians: random.number(within: rotation) * .pi / 180)
        let size = random.number(in: scale)
        let shift = SIMD2(
            random.number(within: self.shift) * Float(width),
            random.number(within: self.shift) * Float(height))
        // The warp asks where a pixel of the result came from, which is the inverse of the motion:
        // shifted back, turned back, shrunk, and mirrored last.
        let columnStep = SIMD2(mirror * turn.cosine, -turn.sine) / size
        let rowStep = SIMD2(mirror * turn.sine, turn.cosine) / size
        var warp = PictureWarp(height: height, width: width, channels: channels)
        warp.columnStep = columnStep
        warp.rowStep = rowStep
        warp.origin = -(shift.x * columnStep + shift.y * rowStep)
        warp.contrast = 1 + random.number(within: contrast)
        warp.brightness = random.number(within: brightness) * 255
        return warp
    }

    /// A rectangle whose sides are to each other as 0.3 to 1 up to 1 to 0.3, as in the paper, cut
    /// to the picture's sides where it would be longer.
    private func drawErasing(
        height: Int, width: Int, using random: inout RandomSource
    ) -> PictureErasing {
        let area = random.number(in: erasedArea) * Float(height * width)
        let aspect = exp(random.number(within: log(1 / 0.3)))
        let rows = min(max(Int((area * aspect).squareRoot().rounded()), 1), height)
        // From the rows as rounded, so that the area is kept; rounded down, so that it is not
        // exceeded.
        let columns = min(max(Int(area / Float(rows)), 1), width)
        let top = random.integer(below: height - rows + 1)
        let left = random.integer(below: width - columns + 1)
        return PictureErasing(
            rows: top..<top + rows, columns: left..<left + columns, seed: random.next())
    }

    /// The share that each of two mixed pictures keeps of itself, drawn from Beta(α, α).
    ///
    /// The method is that of M. D. Jöhnk, "Erzeugung von betaverteilten und gammaverteilten
    /// Zufallszahlen" (1964), which seldom draws in vain for α up to 1 or so.
    func drawShare(using random: inout RandomSource) -> Float {
        let exponent = 1 / Double(mixup)
        while true {
            let one = pow(Double(random.uniform()), exponent)
            let other = pow(Double(random.uniform()), exponent)
            if one + other <= 1, one + other > 0 { return Float(one / (one + other)) }
        }
    }
}
