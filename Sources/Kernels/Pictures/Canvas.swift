/// A grayscale drawing surface, `[height, width]`: 0 is black, 1 is white.
///
/// Points and distances are in pixels, `x` to the right and `y` down; pixel (0, 0) has its center
/// at (0.5, 0.5). Every shape is painted by its signed distance: a pixel is covered by how far its
/// center lies inside the edge, which gives smooth edges without oversampling.
package struct Canvas {
    package let pixels: UnsafeMutablePointer<Float>
    package let height: Int
    package let width: Int

    /// Draws into memory of `height * width` initialized floats that the caller owns.
    package init(pixels: UnsafeMutablePointer<Float>, height: Int, width: Int) {
        self.pixels = pixels
        self.height = height
        self.width = width
    }

    /// What a shape is painted with.
    package struct Paint {
        /// The gray level, 0...1.
        package var level: Float
        /// How much of what lies below is covered, 0...1.
        package var opacity: Float
        /// The width of the edge in pixels: 1 is crisp, more is blurred.
        package var softness: Float

        package init(_ level: Float, opacity: Float = 1, softness: Float = 1) {
            self.level = level
            self.opacity = opacity
            self.softness = softness
        }
    }

    /// An ellipse, turned clockwise by an angle in radians.
    package struct Ellipse {
        package var center: SIMD2<Float>
        package var radii: SIMD2<Float>
        package var angle: Float

        package init(center: SIMD2<Float>, radii: SIMD2<Float>, angle: Float = 0) {
            self.center = center
            self.radii = radii
            self.angle = angle
        }
    }

    /// Fills an ellipse, or the part of it inside a polygon.
    package func fill(
        _ ellipse: Ellipse, inside clip: UnsafeBufferPointer<SIMD2<Float>>? = nil, with paint: Paint
    ) {
        let distance = EllipseDistance(ellipse)
        let reach = SIMD2(repeating: max(ellipse.radii.x, ellipse.radii.y))
        cover(ellipse.center - reach, ellipse.center + reach, with: paint) { point in
            guard let clip else { return distance(point) }
            return max(distance(point), polygonDistance(clip, point))
        }
    }

    /// Fills a closed polygon; where it crosses itself, areas that it winds around twice are outside.
    package func fill(_ polygon: UnsafeBufferPointer<SIMD2<Float>>, with paint: Paint) {
        guard let (low, high) = bounds(of: polygon) else { return }
        cover(low, high, with: paint) { polygonDistance(polygon, $0) }
    }

    /// Draws a line through points with round ends, whose half-width goes from `start` to `end`.
    package func stroke(
        _ line: UnsafeBufferPointer<SIMD2<Float>>, from start: Float, to end: Float,
        with paint: Paint
    ) {
        guard let (low, high) = bounds(of: line) else { return }
        let reach = SIMD2(repeating: max(start, end))
        cover(low - reach, high + reach, with: paint) { lineDistance(line, start, end, $0) }
    }

    /// Paints the pixels between two corners by their signed distances.
    @inline(__always)
    private func cover(
        _ low: SIMD2<Float>, _ high: SIMD2<Float>, with paint: Paint,
        distance: (SIMD2<Float>) -> Float
    ) {
        let margin = paint.softness / 2
        let limits = SIMD2(Float(width), Float(height))
        let first = (low - margin).clamped(lowerBound: .zero, upperBound: limits)
        let last = (high + margin + 1).clamped(lowerBound: .zero, upperBound: limits)
        for row in Int(first.y)..<max(Int(first.y), Int(last.y)) {
            for column in Int(first.x)..<max(Int(first.x), Int(last.x)) {
                let center = SIMD2(Float(column), Float(row)) + 0.5
                let depth = min(max(0.5 - distance(center) / paint.softness, 0), 1)
                let coverage = depth * depth * (3 - 2 * depth) * paint.opacity
                let index = row * width + column
                pixels[index] += (paint.level - pixels[index]) * coverage
            }
        }
    }

    private func bounds(
        of points: UnsafeBufferPointer<SIMD2<Float>>
    ) -> (SIMD2<Float>, SIMD2<Float>)? {
        guard var low = points.first else { return nil }
        var high = low
        for point in points {
            low = pointwiseMin(low, point)
            high = pointwiseMax(high, point)
        }
        return (low, high)
    }
}
