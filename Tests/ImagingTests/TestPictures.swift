import Foundation
import Imaging

extension Image {
    /// A grayscale picture of a function of row and column, modulo 256.
    init(width: Int, height: Int, _ sample: (_ row: Int, _ column: Int) -> Int) {
        self.init(width: width, height: height)
        for row in 0..<height {
            for column in 0..<width {
                samples[row * width + column] = UInt8(sample(row, column) % 256)
            }
        }
    }

    /// A picture without any regularity that a format could use.
    static func noise(width: Int, height: Int, channels: Int) -> Image {
        var state: UInt32 = 12345
        let samples = (0..<width * height * channels).map { _ in
            state = state &* 1_664_525 &+ 1_013_904_223
            return UInt8(truncatingIfNeeded: state >> 24)
        }
        return Image(width: width, height: height, channels: channels, samples: samples)
    }

    /// A picture of slow waves, which JPEG keeps well.
    static func waves(width: Int, height: Int, channels: Int) -> Image {
        let samples = (0..<width * height * channels).map { index in
            let pixel = index / channels
            let phase = Double(pixel % width) / 9 + Double(pixel / width) / 7
            return UInt8(128 + 100 * sin(phase + Double(index % channels)))
        }
        return Image(width: width, height: height, channels: channels, samples: samples)
    }
}
