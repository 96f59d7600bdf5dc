import Foundation

/// A turn in the plane of a picture, clockwise, since `y` points down.
///
/// The functions are evaluated in Double and then rounded: C libraries differ in the last bits of
/// their Float functions, and even one of them does from processor to processor, but drawn faces
/// are to be the same bytes everywhere.
package struct Rotation {
    package let cosine: Float
    package let sine: Float

    package init(radians: Float) {
        cosine = Float(cos(Double(radians)))
        sine = Float(sin(Double(radians)))
    }

    /// Where the turn takes the point (1, 0).
    package var direction: SIMD2<Float> { [cosine, sine] }

    /// Turns a point about the origin.
    @inline(__always)
    package func turning(_ point: SIMD2<Float>) -> SIMD2<Float> {
        [cosine * point.x - sine * point.y, sine * point.x + cosine * point.y]
    }

    /// Turns a point the other way.
    @inline(__always)
    package func turningBack(_ point: SIMD2<Float>) -> SIMD2<Float> {
        [cosine * point.x + sine * point.y, cosine * point.y - sine * point.x]
    }
}
