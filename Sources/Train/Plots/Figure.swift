import Imaging

/// A drawing that becomes a picture of pixels or a scalable one; both show the same.
///
/// A plot describes itself once as a list of elements; `image(scale:)` draws them on a `Canvas`, and
/// `svg` writes them as text. Lengths are in pixels at a scale of 1, and as in `Canvas` the origin
/// is the upper left corner.
public struct Figure: Sendable {
    /// One part of a drawing; later ones cover earlier ones.
    enum Element: Hashable, Sendable {
        case rectangle(Rectangle, fill: Color)
        case frame(Rectangle, stroke: Color, width: Double)
        case line([Point], stroke: Color, width: Double, dash: Double? = nil)
        case dot(Point, radius: Double, fill: Color)
        case ring(Point, radius: Double, stroke: Color, width: Double)
        case text(String, at: Point, style: TextStyle)
    }

    /// The width in pixels at a scale of 1.
    public let width: Int
    /// The height in pixels at a scale of 1.
    public let height: Int
    /// What the figure shows, for those who cannot see it.
    public let title: String
    private(set) var elements: [Element]

    init(width: Int, height: Int, title: String) {
        self.width = width
        self.height = height
        self.title = title
        let page = Rectangle(x: 0, y: 0, width: Double(width), height: Double(height))
        elements = [.rectangle(page, fill: Theme.page)]
    }

    mutating func add(_ element: Element) {
        elements.append(element)
    }
}
