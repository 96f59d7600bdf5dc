/// A place in a picture, in pixels from its upper left corner.
///
/// The pixel in row `i` and column `j` covers the square from `(j, i)` to `(j + 1, i + 1)`.
public struct Point: Hashable, Sendable {
    /// The distance from the left edge.
    public var x: Double
    /// The distance from the upper edge.
    public var y: Double

    /// Creates a point.
    public init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }
}
