public import Imaging

extension Figure {
    /// Draws the figure as pixels.
    ///
    /// - Parameter scale: The number of pixels of a unit: 2 is sharp on most of today's screens.
    /// - Returns: A picture, `[scale * height, scale * width, 3]`.
    /// - Complexity: O(*n*) in the number of pixels that the elements take.
    public func image(scale: Int = 2) -> Image {
        var canvas = Canvas(width: width * scale, height: height * scale)
        let scale = Double(scale)
        for element in elements {
            canvas.draw(element, scale: scale)
        }
        return canvas.image
    }
}

extension Canvas {
    fileprivate mutating func draw(_ element: Figure.Element, scale: Double) {
        switch element {
        case .rectangle(let rectangle, let color):
            fill(rectangle.scaled(by: scale), with: color)
        case .frame(let rectangle, let color, let width):
            stroke(rectangle.scaled(by: scale), with: color, width: width * scale)
        case .line(let points, let color, let width, let dash):
            let dash = dash.map { $0 * scale }
            stroke(
                points.map { $0.scaled(by: scale) }, with: color, width: width * scale,
                dashes: dash.map { (dash: $0, gap: $0) })
        case .dot(let center, let radius, let color):
            fillCircle(center: center.scaled(by: scale), radius: radius * scale, with: color)
        case .ring(let center, let radius, let color, let width):
            strokeCircle(
                center: center.scaled(by: scale), radius: radius * scale, with: color,
                width: width * scale)
        case .text(let text, let place, var style):
            style.size *= scale
            draw(text, at: place.scaled(by: scale), style: style)
        }
    }
}

extension Point {
    fileprivate func scaled(by scale: Double) -> Point {
        Point(x: x * scale, y: y * scale)
    }
}

extension Rectangle {
    fileprivate func scaled(by scale: Double) -> Rectangle {
        Rectangle(x: x * scale, y: y * scale, width: width * scale, height: height * scale)
    }
}
