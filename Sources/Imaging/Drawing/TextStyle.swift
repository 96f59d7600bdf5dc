/// How a line of text is drawn.
public struct TextStyle: Hashable, Sendable {
    /// The thickness of the strokes.
    public enum Weight: Sendable {
        /// For running text.
        case regular
        /// For titles.
        case bold
    }

    /// Which part of the text stands at the given point.
    public enum Alignment: Sendable {
        /// The left end.
        case leading
        /// The middle.
        case center
        /// The right end.
        case trailing
    }

    /// The height of a line in pixels; capitals and digits have .7 of it.
    public var size: Double
    /// The color of the strokes.
    public var color: Color
    /// The thickness of the strokes.
    public var weight: Weight
    /// Which part of the text stands at the given point.
    public var alignment: Alignment
    /// How far the text is turned clockwise around that point, in degrees.
    public var angle: Double
    /// The color of a rim around the strokes, a quarter of the size wide, that keeps what lies below
    /// away from them; `nil` for none.
    public var halo: Color?

    /// Creates a style.
    public init(
        size: Double, color: Color = .black, weight: Weight = .regular,
        alignment: Alignment = .leading, angle: Double = 0, halo: Color? = nil
    ) {
        self.size = size
        self.color = color
        self.weight = weight
        self.alignment = alignment
        self.angle = angle
        self.halo = halo
    }

    /// The width of a text in pixels, along its line.
    ///
    /// - Complexity: O(*n*) in the number of characters.
    public func width(of text: some StringProtocol) -> Double {
        StrokeFont.width(of: text) * size / StrokeFont.lineHeight
    }
}
