import Kernels

/// What the numbers of luma and differences of color mean.
public struct YUVEncoding: Hashable, Sendable {
    /// How much red, green and blue count in luma.
    public enum Matrix: Hashable, Sendable {
        /// ITU-R BT.601: standard definition, webcams and JPEG.
        case bt601
        /// ITU-R BT.709: high definition.
        case bt709
    }

    /// Which numbers are black and white.
    public enum Range: Hashable, Sendable {
        /// Luma from 16 to 235, differences from 16 to 240.
        case limited
        /// All from 0 to 255.
        case full
    }

    /// How much red, green and blue count in luma.
    public var matrix: Matrix
    /// Which numbers are black and white.
    public var range: Range

    /// Creates an encoding.
    public init(matrix: Matrix = .bt601, range: Range = .limited) {
        self.matrix = matrix
        self.range = range
    }

    /// Luma from black at 0 to white at 255, for each that there can be.
    var grays: [UInt8] {
        (0..<256).map { luma in
            guard range == .limited else { return UInt8(luma) }
            let gray = (Double(luma) - 16) * 255 / 219
            return UInt8(min(max(gray, 0), 255).rounded())
        }
    }

    /// The numbers that the kernels compute with.
    var coefficients: YUVCoefficients {
        let (red, blue) = matrix == .bt601 ? (0.299, 0.114) : (0.2126, 0.0722)
        return YUVCoefficients(redWeight: red, blueWeight: blue, isFullRange: range == .full)
    }
}
