/// An upright rectangle in a picture, in pixels.
public struct Rectangle: Hashable, Sendable {
    /// The left edge.
    public var x: Double
    /// The upper edge.
    public var y: Double
    /// The distance from the left to the right edge.
    public var width: Double
    /// The distance from the upper to the lower edge.
    public var height: Double

    /// Creates a rectangle.
    public init(x: Double, y: Double, width: Double, height: Double) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    /// The right edge.
    public var maxX: Double { x + width }
    /// The lower edge.
    public var maxY: Double { y + height }
    /// The point in the middle.
    public var center: Point { Point(x: x + width / 2, y: y + height / 2) }

    /// The rectangle whose edges lie further inside; a negative distance moves them outside.
    public func inset(by distance: Double) -> Rectangle {
        Rectangle(
            x: x + distance, y: y + distance, width: width - 2 * distance,
            height: height - 2 * distance)
    }

    /// What two rectangles have in common; empty where they do not meet.
    public func intersection(_ other: Rectangle) -> Rectangle {
        let left = max(x, other.x)
        let top = max(y, other.y)
        return Rectangle(
            x: left, y: top, width: max(0, min(maxX, other.maxX) - left),
            height: max(0, min(maxY, other.maxY) - top))
    }

    /// The number of square pixels inside.
    public var area: Double { width * height }

    /// The share of their union that two rectangles have in common: 1 where they are the same, 0
    /// where they do not meet.
    public func intersectionOverUnion(with other: Rectangle) -> Double {
        let common = intersection(other).area
        return common > 0 ? common / (area + other.area - common) : 0
    }
}
