import Imaging

extension Canvas {
    /// Draws a sheet, so many pixels to a unit.
    init(_ sheet: Sheet, scale: Double) {
        self.init(
            width: Int((sheet.width * scale).rounded()),
            height: Int((sheet.height * scale).rounded()), background: sheet.background)
        for mark in sheet.marks { draw(mark, scale: scale) }
    }

    private mutating func draw(_ mark: Mark, scale: Double) {
        switch mark {
        case .line(let from, let to, let color, let width, let isDashed):
            stroke(
                [from.scaled(by: scale), to.scaled(by: scale)], with: color, width: width * scale,
                dashes: isDashed ? (dash: scale, gap: 5 * scale) : nil)
        case .circle(let center, let radius, let color, let outline):
            fillCircle(center: center.scaled(by: scale), radius: radius * scale, with: color)
            if let outline {
                strokeCircle(
                    center: center.scaled(by: scale), radius: radius * scale, with: outline.color,
                    width: outline.width * scale)
            }
        case .polygon(let points, let color, let outline):
            let points = points.map { $0.scaled(by: scale) }
            fill(points, with: color)
            if let outline, let first = points.first {
                stroke(points + [first], with: outline.color, width: outline.width * scale)
            }
        case .text(let text, let point, let lettering):
            draw(text, at: point.scaled(by: scale), style: lettering.style(scale: scale))
        case .group(let marks, _, _):
            for mark in marks { draw(mark, scale: scale) }
        }
    }
}

extension Point {
    fileprivate func scaled(by factor: Double) -> Point { Point(x: x * factor, y: y * factor) }
}

extension Mark.Lettering {
    /// The style that the font of `Canvas` has for it.
    func style(scale: Double = 1) -> TextStyle {
        TextStyle(
            size: size * scale, color: color, weight: isBold ? .bold : .regular,
            alignment: alignment, halo: halo)
    }
}
