/// The font of `Canvas`: every character is a few strokes of a pen, so that it scales and turns.
///
/// All measures are in units of which a line has 20: capitals and digits are 14 high, small letters
/// 10, and tails reach 4 below the baseline. Digits all have the same width, so that columns of
/// numbers stand straight.
enum StrokeFont {
    /// The strokes of one character.
    struct Glyph: Sendable {
        /// The distance from the beginning of this character to the beginning of the next.
        let advance: Double
        /// Lines from point to point; `y` grows upward from the baseline.
        let strokes: [[Point]]

        init(advance: Double, strokes: [[Point]]) {
            self.advance = advance
            self.strokes = strokes
        }

        init(width: Double, path: String) {
            advance = width + 2 * StrokeFont.bearing
            var pen = Pen()
            pen.follow(path)
            strokes = pen.strokes
        }
    }

    /// The height of a line: the size of a text.
    static let lineHeight = 20.0

    /// The room on both sides of a character.
    static let bearing = 2.1

    /// The width of the pen.
    static func strokeWidth(_ weight: TextStyle.Weight) -> Double {
        switch weight {
        case .regular: 1.7
        case .bold: 2.6
        }
    }

    /// The strokes of a character; a box for those that the font does not have.
    static func glyph(of character: Character) -> Glyph {
        glyphs[character] ?? accented(character) ?? missing
    }

    /// The distance from the beginning of a text to its end.
    static func width(of text: some StringProtocol) -> Double {
        text.reduce(0) { $0 + glyph(of: $1).advance }
    }

    private static let missing = Glyph(width: 7, path: "M0 0L0 14L7 14L7 0L0 0")

    static let glyphs = Dictionary(
        uniqueKeysWithValues: outlines.map { ($0, Glyph(width: $1, path: $2)) })
}
