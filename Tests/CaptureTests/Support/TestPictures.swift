import Foundation
import Imaging

extension Image {
    /// A picture of slow waves, which JPEG and shared color keep well; another for each phase.
    static func waves(width: Int, height: Int, channels: Int, phase: Double = 0) -> Image {
        let samples = (0..<width * height * channels).map { index in
            let pixel = index / channels
            let place = Double(pixel % width) / 9 + Double(pixel / width) / 7 + phase
            return UInt8(128 + 100 * sin(place + Double(index % channels) / 2))
        }
        return Image(width: width, height: height, channels: channels, samples: samples)
    }

    /// The largest difference between two pictures, or nil if they have not the same size.
    func difference(from other: Image) -> Int? {
        guard width == other.width, height == other.height, channels == other.channels else {
            return nil
        }
        return zip(samples, other.samples).map { abs(Int($0) - Int($1)) }.max() ?? 0
    }
}
