/// A format in which a camera gives its frames.
public struct CameraFormat: Hashable, Sendable {
    /// How its bytes stand for pixels.
    public var pixelFormat: PixelFormat
    /// What its driver calls it: `Motion-JPEG`.
    public var name: String
    /// The sizes of its frames; empty if the driver does not tell.
    public var sizes: [CameraSize]
    /// Whether frames are compressed, so that their number of bytes varies.
    public var isCompressed = false
}

/// A size of a camera's frames, or a range of sizes.
public struct CameraSize: Hashable, Sendable {
    /// The widths in pixels.
    public var width: SteppedRange
    /// The heights in pixels.
    public var height: SteppedRange
    /// How many frames a second there are; of a range of sizes, in the largest.
    public var rates: CameraRates
}

/// How many frames a second a camera gives.
public enum CameraRates: Hashable, Sendable {
    /// One of these; none if the driver does not tell.
    case discrete([Double])
    /// Any in the range.
    case range(ClosedRange<Double>)

    /// The rate that is nearest to the wanted one; nil if none is known.
    func nearest(to wanted: Double) -> Double? {
        switch self {
        case .discrete(let rates): rates.min { abs($0 - wanted) < abs($1 - wanted) }
        case .range(let range): min(max(wanted, range.lowerBound), range.upperBound)
        }
    }
}

/// Numbers from a smallest to a largest in steps.
public struct SteppedRange: Hashable, Sendable {
    /// The smallest and the largest.
    public var range: ClosedRange<Int>
    /// The distance of one from the next.
    public var step: Int

    /// A single number.
    init(_ value: Int) {
        self.init(value, value, step: 1)
    }

    /// Numbers of a driver, which may be in disorder.
    init(_ first: Int, _ last: Int, step: Int) {
        range = min(first, last)...max(first, last)
        self.step = max(step, 1)
    }

    /// The number that is nearest to the wanted one.
    func nearest(to wanted: Int) -> Int {
        let clamped = min(max(wanted, range.lowerBound), range.upperBound)
        let steps = (clamped - range.lowerBound + step / 2) / step
        let number = range.lowerBound + steps * step
        return number > range.upperBound ? number - step : number
    }
}

extension CameraFormat: CustomStringConvertible {
    /// The code and the name: `MJPG (Motion-JPEG)`.
    public var description: String { "\(pixelFormat) (\(name))" }
}

extension CameraSize: CustomStringConvertible {
    /// The size and its rates: `640x480 at 30, 15 frames/s`.
    public var description: String {
        let (smallest, largest) = (
            "\(width.range.lowerBound)x\(height.range.lowerBound)",
            "\(width.range.upperBound)x\(height.range.upperBound)"
        )
        let size =
            smallest == largest
            ? smallest : "\(smallest) to \(largest) in steps of \(width.step)x\(height.step)"
        let rates = "\(rates)"
        return rates.isEmpty ? size : "\(size) at \(rates) frames/s"
    }
}

extension CameraRates: CustomStringConvertible {
    /// The numbers: `30, 15`, or `1 to 30`.
    public var description: String {
        switch self {
        case .discrete(let rates): rates.map(Self.text).joined(separator: ", ")
        case .range(let range): "\(Self.text(range.lowerBound)) to \(Self.text(range.upperBound))"
        }
    }

    /// A rate with at most two digits behind the point.
    static func text(_ rate: Double) -> String {
        let rounded = (rate * 100).rounded() / 100
        return rounded == rounded.rounded() && abs(rounded) < 1e9
            ? "\(Int(rounded))" : "\(rounded)"
    }
}
