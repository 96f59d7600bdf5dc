/// A color of 8-bit sRGB samples and an opacity.
public struct Color: Hashable, Sendable {
    /// The red sample.
    public var red: UInt8
    /// The green sample.
    public var green: UInt8
    /// The blue sample.
    public var blue: UInt8
    /// How much of what lies below is covered, 0...1.
    public var opacity: Double

    /// Creates a color of its samples.
    public init(red: UInt8, green: UInt8, blue: UInt8, opacity: Double = 1) {
        self.red = red
        self.green = green
        self.blue = blue
        self.opacity = opacity
    }

    /// Creates a color as style sheets write it: `Color(0xff8000)` is orange.
    public init(_ hex: UInt32, opacity: Double = 1) {
        self.init(
            red: UInt8(truncatingIfNeeded: hex >> 16), green: UInt8(truncatingIfNeeded: hex >> 8),
            blue: UInt8(truncatingIfNeeded: hex), opacity: opacity)
    }

    /// Black.
    public static let black = Color(0x000000)
    /// White.
    public static let white = Color(0xffffff)

    /// The color that lies the given fraction of the way to another one.
    public func mixed(with other: Color, fraction: Double) -> Color {
        func mix(_ from: UInt8, _ to: UInt8) -> UInt8 {
            UInt8((Double(from) + (Double(to) - Double(from)) * fraction).rounded())
        }
        return Color(
            red: mix(red, other.red), green: mix(green, other.green), blue: mix(blue, other.blue),
            opacity: opacity + (other.opacity - opacity) * fraction)
    }
}
