/// How much of each pixel is covered by lines of one width.
///
/// A pixel takes the largest coverage of all segments instead of their sum, so that joints and
/// crossings are no darker than the rest, and a translucent line has one opacity.
struct StrokeMask {
    /// The box around the lines, clipped to the picture.
    let area: Rectangle
    private let pixels: PixelArea
    private var values: [Float]

    /// Measures the coverage of the lines, or `nil` where no part of them lies in the picture.
    init?(_ lines: [[Point]], width: Double, bounds: Rectangle) {
        let reach = width / 2 + 0.5
        let points = lines.joined().filter { $0.x.isFinite && $0.y.isFinite }
        guard let left = points.map(\.x).min(), let right = points.map(\.x).max(),
            let top = points.map(\.y).min(), let bottom = points.map(\.y).max()
        else { return nil }
        area = Rectangle(x: left, y: top, width: right - left, height: bottom - top)
            .inset(by: -reach).intersection(bounds)
        pixels = PixelArea(covering: area, of: bounds)
        values = [Float](repeating: 0, count: pixels.rows.count * pixels.columns.count)
        guard !values.isEmpty else { return nil }
        for line in lines {
            for index in line.indices.dropLast() {
                add(from: line[index], to: line[index + 1], radius: width / 2)
            }
            if line.count == 1 { add(from: line[0], to: line[0], radius: width / 2) }
        }
    }

    /// The coverage of a pixel of the area, 0...1.
    subscript(row: Int, column: Int) -> Double {
        Double(values[index(row, column)])
    }

    private func index(_ row: Int, _ column: Int) -> Int {
        (row - pixels.rows.lowerBound) * pixels.columns.count + column - pixels.columns.lowerBound
    }

    /// Adds the pixels whose centers lie less than the radius from a segment.
    private mutating func add(from start: Point, to end: Point, radius: Double) {
        let box = Rectangle(
            x: min(start.x, end.x), y: min(start.y, end.y),
            width: abs(end.x - start.x), height: abs(end.y - start.y))
        let touched = PixelArea(covering: box.inset(by: -radius - 0.5), of: area)
        let alongX = end.x - start.x
        let alongY = end.y - start.y
        let squaredLength = alongX * alongX + alongY * alongY
        for row in touched.rows.clamped(to: pixels.rows) {
            for column in touched.columns.clamped(to: pixels.columns) {
                let x = Double(column) + 0.5 - start.x
                let y = Double(row) + 0.5 - start.y
                // The nearest point of the segment lies this fraction of the way along it.
                let projection = (x * alongX + y * alongY) / max(squaredLength, 1e-12)
                let fraction = min(1, max(0, projection))
                let offsetX = x - fraction * alongX
                let offsetY = y - fraction * alongY
                let distance = (offsetX * offsetX + offsetY * offsetY).squareRoot()
                let covered = Float(min(2 * radius, coverage(radius - distance)))
                values[index(row, column)] = max(values[index(row, column)], covered)
            }
        }
    }
}
