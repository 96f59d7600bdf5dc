import Imaging

/// Draws what was read into a picture, in sizes that suit the picture.
struct AnnotationPainter {
    private(set) var canvas: Canvas
    /// A pixel of a picture that is 480 pixels high.
    private let unit: Double

    init(_ picture: Image) {
        canvas = Canvas(picture)
        unit = max(Double(min(picture.width, picture.height)) / 480, 0.5)
    }

    /// Draws the box of a face in the color of its expression.
    mutating func drawBox(of face: TrackedFace) {
        canvas.stroke(face.box, with: Color(0x000000, opacity: 0.35), width: 4.5 * unit)
        canvas.stroke(face.box, with: face.color, width: 2.5 * unit)
    }

    /// Writes the expression of a face over its box; inside, where there is no room above.
    mutating func drawLabel(of face: TrackedFace) {
        let style = TextStyle(size: 16 * unit, color: Color(0x101214), weight: .bold)
        let text = "\(face.expression?.name ?? "uncertain") \(percent(face.confidence))"
        let height = 21 * unit
        let width = style.width(of: text) + 8 * unit
        let edge = 1.25 * unit
        let isAbove = face.box.y - edge >= height
        let tab = Rectangle(
            x: min(face.box.x - edge, max(canvas.bounds.maxX - width, 0)),
            y: isAbove ? face.box.y - edge - height : max(face.box.y - edge, 0), width: width,
            height: height)
        canvas.fill(tab, with: face.color)
        draw(text, in: tab, at: tab.x + 4 * unit, style)
    }

    /// The place for the bars of a face: beside it, away from all else as far as that goes.
    func panel(beside box: Rectangle, avoiding taken: [Rectangle]) -> Rectangle {
        // Small faces have small panels, so that many of them find room; all can be read.
        let unit = min(max(box.height / 120, 0.72 * unit), unit)
        let (width, height) = (Panel.width * unit, Panel.height * unit)
        let gap = 5 * unit
        let bounds = canvas.bounds
        let top = min(max(box.y, 0), max(bounds.height - height, 0))
        let left = min(max(box.x, 0), max(bounds.width - width, 0))
        let places = [
            Point(x: box.maxX + gap, y: top), Point(x: box.x - gap - width, y: top),
            Point(x: left, y: box.maxY + gap), Point(x: left, y: box.y - gap - height - 21 * unit),
            // Inside, where the picture is full of faces.
            Point(x: left, y: min(box.maxY, bounds.maxY) - height),
        ].map { Rectangle(x: $0.x, y: $0.y, width: width, height: height) }
        func cost(_ place: Rectangle) -> Double {
            let outside = place.area - place.intersection(bounds).area
            return taken.reduce(outside) { $0 + place.intersection($1).area }
        }
        return places.dropFirst().reduce(places[0]) { cost($1) < cost($0) ? $1 : $0 }
    }

    /// Draws the probabilities of a face as bars, with its color along the edge.
    mutating func drawBars(of face: TrackedFace, in panel: Rectangle) {
        let unit = panel.height / Panel.height
        canvas.fill(panel, with: .panel)
        var edge = panel
        edge.width = 2.5 * unit
        canvas.fill(edge, with: face.color)
        let style = TextStyle(size: 12 * unit, color: .faint)
        for (row, expression) in Expression.allCases.enumerated() {
            let line = Rectangle(
                x: panel.x + 8 * unit,
                y: panel.y + (Panel.margin + Panel.rowHeight * Double(row)) * unit,
                width: panel.width - 14 * unit, height: Panel.rowHeight * unit)
            draw(expression.name, in: line, at: line.x, style)
            let track = Rectangle(
                x: line.x + 60 * unit, y: line.y + 4 * unit, width: line.width - 60 * unit,
                height: line.height - 8 * unit)
            canvas.fill(track, with: Color(0xffffff, opacity: 0.14))
            var bar = track
            bar.width *= Double(face.probabilities[expression.rawValue])
            let isShown = expression == face.expression
            canvas.fill(bar, with: isShown ? face.color : Color(0xe8edf2, opacity: 0.75))
        }
    }

    /// Writes the speed and the mood into the upper left corner.
    mutating func drawStatus(framesPerSecond: Double, mood: ExpressionReading?) {
        let style = TextStyle(size: 14 * unit, color: .faint)
        let speed = "\((framesPerSecond * 10).rounded() / 10) frames/s"
        let words = mood.map {
            "\(speed)   mood: \($0.expression?.name ?? "uncertain") \(percent($0.confidence))"
        }
        let text = words ?? speed
        let chip = Rectangle(
            x: 6 * unit, y: 6 * unit, width: style.width(of: text) + 12 * unit, height: 21 * unit)
        canvas.fill(chip, with: .panel)
        draw(text, in: chip, at: chip.x + 6 * unit, style)
    }

    /// Writes a text that stands in the middle of a line, capitals and tails considered.
    private mutating func draw(
        _ text: String, in line: Rectangle, at x: Double, _ style: TextStyle
    ) {
        canvas.draw(text, at: Point(x: x, y: line.center.y + 0.3 * style.size), style: style)
    }

    private func percent(_ probability: Float) -> String {
        "\(Int((probability * 100).rounded())) %"
    }

    /// The measures of a panel of bars, in units.
    private enum Panel {
        static let width = 132.0
        static let rowHeight = 15.0
        static let margin = 5.0
        static let height = Double(Expression.allCases.count) * rowHeight + 2 * margin
    }
}

extension TrackedFace {
    /// The color of the expression.
    fileprivate var color: Color { expression?.color ?? .uncertain }
}
