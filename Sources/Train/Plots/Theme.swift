import Imaging

/// The colors and text sizes that all figures share.
enum Theme {
    static let page = Color(0xffffff)
    static let grid = Color(0xe5e7eb)
    static let axis = Color(0x9ca3af)
    static let text = Color(0x374151)
    static let heading = Color(0x111827)
    /// Blue and orange, which the color-blind tell apart too.
    static let training = Color(0x2563eb)
    static let validation = Color(0xea580c)
    static let mark = Color(0x6b7280)
    /// The ends of the scale of a heat map.
    static let cold = Color(0xf3f6fd)
    static let hot = Color(0x123a8c)

    static func title(_ alignment: TextStyle.Alignment = .leading) -> TextStyle {
        TextStyle(size: 18, color: heading, weight: .bold, alignment: alignment)
    }

    static func label(
        size: Double = 14, _ alignment: TextStyle.Alignment = .leading, angle: Double = 0
    ) -> TextStyle {
        TextStyle(size: size, color: text, alignment: alignment, angle: angle)
    }
}
