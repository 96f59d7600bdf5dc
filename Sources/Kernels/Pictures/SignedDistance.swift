// Distances from a point to the edge of a shape: negative inside. Inigo Quilez, "2D distance
// functions", https://iquilezles.org/articles/distfunctions2d/, describes the geometry.

/// The distance to an ellipse to first order, exact on its edge: the value of its equation over
/// the length of that value's gradient.
struct EllipseDistance {
    private let center: SIMD2<Float>
    private let radii: SIMD2<Float>
    private let rotation: Rotation

    init(_ ellipse: Canvas.Ellipse) {
        center = ellipse.center
        radii = pointwiseMax(ellipse.radii, SIMD2(repeating: 1e-3))
        rotation = Rotation(radians: ellipse.angle)
    }

    @inline(__always)
    func callAsFunction(_ point: SIMD2<Float>) -> Float {
        let scaled = rotation.turningBack(point - center) / radii
        let value = (scaled * scaled).sum().squareRoot()
        let steepness = (scaled / radii * (scaled / radii)).sum().squareRoot()
        guard steepness > 1e-6 else { return -radii.min() }
        return value * (value - 1) / steepness
    }
}

/// The distance to a closed polygon; a point is inside when a ray from it crosses an odd number
/// of edges.
@inline(__always)
func polygonDistance(
    _ polygon: UnsafeBufferPointer<SIMD2<Float>>, _ point: SIMD2<Float>
) -> Float {
    guard var previous = polygon.last else { return .infinity }
    var squared = Float.infinity
    var isInside = false
    for corner in polygon {
        squared = min(squared, segmentOffset(previous, corner, point).squared)
        if (corner.y > point.y) != (previous.y > point.y) {
            let crossing =
                (previous.x - corner.x) * (point.y - corner.y)
                / (previous.y - corner.y) + corner.x
            if point.x < crossing { isInside.toggle() }
        }
        previous = corner
    }
    return isInside ? -squared.squareRoot() : squared.squareRoot()
}

/// The distance to a line through points, whose half-width changes evenly from point to point.
@inline(__always)
func lineDistance(
    _ line: UnsafeBufferPointer<SIMD2<Float>>, _ start: Float, _ end: Float, _ point: SIMD2<Float>
) -> Float {
    var distance = Float.infinity
    let step = (end - start) / Float(max(line.count - 1, 1))
    for index in 0..<max(line.count - 1, 0) {
        let (squared, along) = segmentOffset(line[index], line[index + 1], point)
        let halfWidth = start + step * (Float(index) + along)
        distance = min(distance, squared.squareRoot() - halfWidth)
    }
    return distance
}

/// The squared distance to a segment, and where on it, 0...1, the nearest point lies.
@inline(__always)
private func segmentOffset(
    _ start: SIMD2<Float>, _ end: SIMD2<Float>, _ point: SIMD2<Float>
) -> (squared: Float, along: Float) {
    let direction = end - start
    let length = (direction * direction).sum()
    let offset = point - start
    let along = length > 0 ? min(max((offset * direction).sum() / length, 0), 1) : 0
    let rest = offset - along * direction
    return ((rest * rest).sum(), along)
}
