import Tensor

extension Canvas {
    /// Fills a rectangle.
    ///
    /// - Complexity: O(*n*) in the number of its pixels.
    public mutating func fill(_ rectangle: Rectangle, with color: Color) {
        blend(color, in: rectangle) { row, column in
            overlap(column, rectangle.x, rectangle.maxX) * overlap(row, rectangle.y, rectangle.maxY)
        }
    }

    /// Draws the outline of a rectangle, centered on its edges.
    ///
    /// - Complexity: O(*n*) in the number of its pixels.
    public mutating func stroke(
        _ rectangle: Rectangle, with color: Color, width: Double = 1
    ) {
        let outer = rectangle.inset(by: -width / 2)
        let inner = rectangle.inset(by: width / 2)
        blend(color, in: outer) { row, column in
            let outside =
                overlap(column, outer.x, outer.maxX) * overlap(row, outer.y, outer.maxY)
            let inside =
                overlap(column, inner.x, inner.maxX) * overlap(row, inner.y, inner.maxY)
            return outside - inside
        }
    }

    /// Fills a circle.
    ///
    /// - Complexity: O(*n*) in the number of its pixels.
    public mutating func fillCircle(center: Point, radius: Double, with color: Color) {
        blend(color, in: square(around: center, radius: radius + 0.5)) { row, column in
            coverage(radius - distance(row, column, from: center))
        }
    }

    /// Draws a circle, its line centered on the radius.
    ///
    /// - Complexity: O(*n*) in the number of pixels inside.
    public mutating func strokeCircle(
        center: Point, radius: Double, with color: Color, width: Double = 1
    ) {
        blend(color, in: square(around: center, radius: radius + width / 2 + 0.5)) { row, column in
            coverage(width / 2 - abs(distance(row, column, from: center) - radius))
        }
    }

    /// Fills a shape without dents.
    ///
    /// - Parameters:
    ///   - corners: The corners in their order around the shape.
    ///   - color: The color.
    /// - Complexity: O(*n*) in the number of pixels of the box around it, times its corners.
    public mutating func fill(_ corners: [Point], with color: Color) {
        guard let left = corners.map(\.x).min(), let right = corners.map(\.x).max(),
            let top = corners.map(\.y).min(), let bottom = corners.map(\.y).max()
        else { return }
        let sides = ConvexSides(corners)
        let box = Rectangle(x: left, y: top, width: right - left, height: bottom - top)
        blend(color, in: box.inset(by: -0.5)) { row, column in
            coverage(sides.depth(of: Point(x: Double(column) + 0.5, y: Double(row) + 0.5)))
        }
    }

    /// Draws lines from point to point, with round ends and joints.
    ///
    /// - Parameters:
    ///   - points: The points; a single one becomes a dot.
    ///   - color: The color of the line.
    ///   - width: The width of the line in pixels.
    ///   - dashes: The lengths of a dash and of the gap after it in pixels; `nil` for a solid line.
    /// - Complexity: O(*n*) in the number of pixels of the box around the line.
    public mutating func stroke(
        _ points: [Point], with color: Color, width: Double = 1,
        dashes: (dash: Double, gap: Double)? = nil
    ) {
        let lines = dashes.map { points.dashed(dash: $0.dash, gap: $0.gap) } ?? [points]
        stroke(lines, with: color, width: width)
    }

    /// Draws several lines as one shape: where they cross, nothing is drawn twice.
    mutating func stroke(_ lines: [[Point]], with color: Color, width: Double) {
        guard let mask = StrokeMask(lines, width: width, bounds: bounds) else { return }
        blend(color, in: mask.area) { row, column in mask[row, column] }
    }
}

/// The lines along the sides of a shape without dents.
private struct ConvexSides {
    /// For each side `a`, `b` and `c`, with `a * x + b * y + c` the distance to its inner side.
    private var sides: [(a: Double, b: Double, c: Double)] = []

    init(_ corners: [Point]) {
        let next = corners.dropFirst() + corners.prefix(1)
        // Positive where the corners go around clockwise on a picture, whose y grows downward.
        let turn = zip(corners, next).reduce(0) { $0 + $1.0.x * $1.1.y - $1.1.x * $1.0.y }
        for (start, end) in zip(corners, next) {
            let (x, y) = (end.x - start.x, end.y - start.y)
            let length = (x * x + y * y).squareRoot() * (turn < 0 ? -1 : 1)
            guard length != 0 else { continue }
            sides.append((-y / length, x / length, (y * start.x - x * start.y) / length))
        }
    }

    /// How far inside of the nearest side a point lies.
    func depth(of point: Point) -> Double {
        sides.reduce(.infinity) { min($0, $1.a * point.x + $1.b * point.y + $1.c) }
    }
}

/// The part of the pixel `[index, index + 1]` that lies between two edges, 0...1.
private func overlap(_ index: Int, _ low: Double, _ high: Double) -> Double {
    max(0, min(Double(index + 1), high) - max(Double(index), low))
}

/// The covered part of a pixel whose center lies this far inside of an edge.
func coverage(_ depth: Double) -> Double {
    min(1, max(0, depth + 0.5))
}

private func distance(_ row: Int, _ column: Int, from point: Point) -> Double {
    let x = Double(column) + 0.5 - point.x
    let y = Double(row) + 0.5 - point.y
    return (x * x + y * y).squareRoot()
}

private func square(around center: Point, radius: Double) -> Rectangle {
    Rectangle(x: center.x - radius, y: center.y - radius, width: 2 * radius, height: 2 * radius)
}

extension [Point] {
    /// Cuts a line into dashes; one with a place that is not finite has none.
    ///
    /// - Precondition: The lengths of a dash and of a gap are above 0.
    func dashed(dash: Double, gap: Double) -> [[Point]] {
        require(dash > 0 && gap > 0, "dashes of \(dash) and gaps of \(gap) pixels")
        guard var current = first, allSatisfy({ $0.x.isFinite && $0.y.isFinite }) else {
            return []
        }
        var dashes: [[Point]] = [[current]]
        var isDash = true
        var remaining = dash
        for end in dropFirst() {
            var length =
                ((end.x - current.x) * (end.x - current.x)
                + (end.y - current.y) * (end.y - current.y)).squareRoot()
            while length > remaining {
                let fraction = remaining / length
                current.x += (end.x - current.x) * fraction
                current.y += (end.y - current.y) * fraction
                length -= remaining
                if isDash {
                    dashes[dashes.count - 1].append(current)
                } else {
                    dashes.append([current])
                }
                isDash.toggle()
                remaining = isDash ? dash : gap
            }
            remaining -= length
            current = end
            if isDash { dashes[dashes.count - 1].append(current) }
        }
        return dashes
    }
}
