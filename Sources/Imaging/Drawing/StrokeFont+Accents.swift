import Foundation

extension StrokeFont {
    /// A letter with the accents that Unicode takes it apart into; nil where one of them is unknown.
    static func accented(_ character: Character) -> Glyph? {
        let parts = String(character).decomposedStringWithCanonicalMapping.unicodeScalars
        guard parts.count > 1, let first = parts.first, let letter = base(of: first) else {
            return nil
        }
        var strokes = letter.strokes
        let center = (letter.advance - 2 * bearing) / 2
        var top = (letter.strokes.joined().map(\.y).max() ?? 10) + 1.6
        for scalar in parts.dropFirst() {
            guard let accent = accents[scalar] else { return nil }
            var pen = Pen()
            pen.follow(accent.path)
            let base = accent.isBelow ? 0 : top
            strokes += pen.strokes.map { stroke in
                stroke.map { Point(x: $0.x + center, y: $0.y + base) }
            }
            if !accent.isBelow { top += 4 }
        }
        return Glyph(advance: letter.advance, strokes: strokes)
    }

    /// The letter below an accent, which takes the place of a dot.
    private static func base(of scalar: Unicode.Scalar) -> Glyph? {
        glyphs[scalar == "i" ? "ı" : Character(scalar)]
    }

    /// Accents as paths (see `Pen`) from the middle of the letter, above its top or its baseline.
    private static let accents: [Unicode.Scalar: (path: String, isBelow: Bool)] = [
        "\u{300}": ("M-1.6 2.6L1 0", false),
        "\u{301}": ("M-1 0L1.6 2.6", false),
        "\u{302}": ("M-2.4 0L0 2.4L2.4 0", false),
        "\u{303}": ("M-2.8 0.4Q-1.4 2.6 0 1.4Q1.4 0.2 2.8 2.2", false),
        "\u{304}": ("M-2.4 1L2.4 1", false),
        "\u{306}": ("M-2.4 2.4v0 0h2.4 2.4", false),
        "\u{307}": ("M0 1L0 1.3", false),
        "\u{308}": ("M-2 1L-2 1.3M2 1L2 1.3", false),
        "\u{30A}": ("M0 3.2h-1.6 1.6v0 0h1.6 1.6v0 3.2", false),
        "\u{30B}": ("M-2 0L-0.4 2.6M1 0L2.6 2.6", false),
        "\u{30C}": ("M-2.4 2.4L0 0L2.4 2.4", false),
        "\u{326}": ("M0.4 -1.8L-0.6 -4", true),
        "\u{327}": ("M0 0L0.6 -1.4h1.6 -2.6v0 -4L-1.4 -3.8", true),
        "\u{328}": ("M1.6 0h0.4 -2.4v2 -4L2.8 -3.8", true),
    ]
}
