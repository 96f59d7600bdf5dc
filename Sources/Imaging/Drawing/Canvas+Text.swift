import Foundation

extension Canvas {
    /// Draws one line of text.
    ///
    /// The font has the printable characters of ASCII, letters of Europe and some signs; another
    /// character becomes a box.
    ///
    /// - Parameters:
    ///   - text: The characters.
    ///   - point: Where the text stands: on the baseline, at the end that the alignment names.
    ///   - style: Size, color, weight, alignment and angle.
    /// - Complexity: O(*n*) in the number of pixels of the box around the text.
    public mutating func draw(_ text: some StringProtocol, at point: Point, style: TextStyle) {
        let scale = style.size / StrokeFont.lineHeight
        var pen =
            switch style.alignment {
            case .leading: 0.0
            case .center: -StrokeFont.width(of: text) / 2
            case .trailing: -StrokeFont.width(of: text)
            }
        let cosine = cos(style.angle * .pi / 180)
        let sine = sin(style.angle * .pi / 180)
        var lines: [[Point]] = []
        for character in text {
            let glyph = StrokeFont.glyph(of: character)
            for stroke in glyph.strokes {
                lines.append(
                    stroke.map { place in
                        let x = (pen + StrokeFont.bearing + place.x) * scale
                        let y = -place.y * scale
                        return Point(
                            x: point.x + x * cosine - y * sine, y: point.y + x * sine + y * cosine)
                    })
            }
            pen += glyph.advance
        }
        let width = StrokeFont.strokeWidth(style.weight) * scale
        if let halo = style.halo { stroke(lines, with: halo, width: width + style.size / 4) }
        stroke(lines, with: style.color, width: width)
    }
}
