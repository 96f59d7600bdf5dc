/// Slow and readable: what the colors of luma and differences of color are, by the recommendations of
/// the ITU.
public struct YUVOracle: Sendable {
    /// How much red and blue count in luma.
    public var redWeight, blueWeight: Double
    /// Whether black is 0 and white 255.
    public var isFullRange: Bool

    /// Creates an oracle of an encoding.
    public init(redWeight: Double, blueWeight: Double, isFullRange: Bool) {
        self.redWeight = redWeight
        self.blueWeight = blueWeight
        self.isFullRange = isFullRange
    }

    /// BT.601 and BT.709, limited and full.
    public static let all = [(0.299, 0.114), (0.2126, 0.0722)].flatMap { red, blue in
        [false, true].map { YUVOracle(redWeight: red, blueWeight: blue, isFullRange: $0) }
    }

    /// Luma from 0 to 255, not rounded.
    public func gray(_ luma: UInt8) -> Double {
        let value = isFullRange ? Double(luma) : (Double(luma) - 16) / 219 * 255
        return min(max(value, 0), 255)
    }

    /// Red, green and blue from 0 to 255, not rounded.
    public func rgb(_ luma: UInt8, _ blue: UInt8, _ red: UInt8) -> [Double] {
        let y = isFullRange ? Double(luma) / 255 : (Double(luma) - 16) / 219
        let u = (Double(blue) - 128) / (isFullRange ? 255 : 224)
        let v = (Double(red) - 128) / (isFullRange ? 255 : 224)
        let r = y + 2 * (1 - redWeight) * v
        let b = y + 2 * (1 - blueWeight) * u
        // Luma is the weighted sum of the three.
        let g = (y - redWeight * r - blueWeight * b) / (1 - redWeight - blueWeight)
        return [r, g, b].map { min(max($0 * 255, 0), 255) }
    }
}

extension YUVOracle: CustomStringConvertible {
    /// What a failing test calls it.
    public var description: String {
        "\(redWeight == 0.299 ? "BT.601" : "BT.709") \(isFullRange ? "full" : "limited")"
    }
}

/// Bytes without any regularity, the same for the same seed.
public func noise(_ count: Int, seed: UInt32 = 1) -> [UInt8] {
    var state = seed
    return (0..<count).map { _ in
        state = state &* 1_664_525 &+ 1_013_904_223
        return UInt8(truncatingIfNeeded: state >> 24)
    }
}
