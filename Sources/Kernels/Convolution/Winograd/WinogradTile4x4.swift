/// F(4 x 4, 3 x 3): 36 multiplications for 16 outputs, a quarter of the 144 of the definition.
///
/// The points are 0, ±3/4, ±3/2 and infinity, with a = 3/4 and b = 3/2 below. Rounding errors are
/// three times smaller than with the usual 0, ±1, ±2, and all constants of A and B are exact in
/// binary. M(x) = x (x² - a²) (x² - b²).
enum WinogradTile4x4: WinogradTile {
    private static var a: Float { 0.75 }
    private static var b: Float { 1.5 }
    private static var a2: Float { 0.5625 }
    private static var b2: Float { 2.25 }
    /// M'(0).
    private static var n0: Float { a2 * b2 }
    /// M'(a) and M'(-a).
    private static var na: Float { 2 * a2 * (a2 - b2) }
    /// M'(b) and M'(-b).
    private static var nb: Float { 2 * b2 * (b2 - a2) }

    enum Input: LinearMap {
        static var inputs: Int { 6 }
        static var outputs: Int { 6 }

        @inline(__always)
        static func apply(_ x: (Int) -> Vector, _ y: (Int, Vector) -> Void) {
            let (x1, x2, x3, x4) = (x(1), x(2), x(3), x(4))
            let evenA = x4 - x2 * b2
            let oddA = x3 - x1 * b2
            let evenB = x4 - x2 * a2
            let oddB = (x3 - x1 * a2) * b
            y(0, evenA - (x2 - x(0) * b2) * a2)
            y(5, x(5) - x3 * b2 - oddA * a2)
            y(3, evenB + oddB)
            y(4, evenB - oddB)
            y(1, evenA + oddA * a)
            y(2, evenA - oddA * a)
        }
    }

    enum InputAdjoint: LinearMap {
        static var inputs: Int { 6 }
        static var outputs: Int { 6 }

        @inline(__always)
        static func apply(_ x: (Int) -> Vector, _ y: (Int, Vector) -> Void) {
            let (x0, x5) = (x(0), x(5))
            let evenA = x(1) + x(2)
            let oddA = (x(1) - x(2)) * a
            let evenB = x(3) + x(4)
            let oddB = (x(3) - x(4)) * b
            y(0, x0 * (a2 * b2))
            y(1, x5 * (a2 * b2) - oddA * b2 - oddB * a2)
            y(2, x0 * -(a2 + b2) - evenA * b2 - evenB * a2)
            y(3, oddA + oddB - x5 * (a2 + b2))
            y(4, x0 + evenA + evenB)
            y(5, x5)
        }
    }

    enum Output: LinearMap {
        static var inputs: Int { 6 }
        static var outputs: Int { 4 }

        @inline(__always)
        static func apply(_ x: (Int) -> Vector, _ y: (Int, Vector) -> Void) {
            let evenA = x(1) + x(2)
            let oddA = (x(1) - x(2)) * a
            let evenB = x(3) + x(4)
            let oddB = (x(3) - x(4)) * b
            y(0, x(0) + evenA + evenB)
            y(1, oddA + oddB)
            y(2, evenA * a2 + evenB * b2)
            y(3, oddA * a2 + oddB * b2 + x(5))
        }
    }

    enum OutputAdjoint: LinearMap {
        static var inputs: Int { 4 }
        static var outputs: Int { 6 }

        @inline(__always)
        static func apply(_ x: (Int) -> Vector, _ y: (Int, Vector) -> Void) {
            let (x0, x1, x2, x3) = (x(0), x(1), x(2), x(3))
            let evenA = x0 + x2 * a2
            let oddA = (x1 + x3 * a2) * a
            let evenB = x0 + x2 * b2
            let oddB = (x1 + x3 * b2) * b
            y(0, x0)
            y(1, evenA + oddA)
            y(2, evenA - oddA)
            y(3, evenB + oddB)
            y(4, evenB - oddB)
            y(5, x3)
        }
    }

    enum Filter: LinearMap {
        static var inputs: Int { 3 }
        static var outputs: Int { 6 }

        @inline(__always)
        static func apply(_ x: (Int) -> Vector, _ y: (Int, Vector) -> Void) {
            let (x0, x1, x2) = (x(0), x(1), x(2))
            let evenA = (x0 + x2 * a2) * (1 / na)
            let oddA = x1 * (a / na)
            let evenB = (x0 + x2 * b2) * (1 / nb)
            let oddB = x1 * (b / nb)
            y(0, x0 * (1 / n0))
            y(1, evenA + oddA)
            y(2, evenA - oddA)
            y(3, evenB + oddB)
            y(4, evenB - oddB)
            y(5, x2)
        }
    }

    enum FilterAdjoint: LinearMap {
        static var inputs: Int { 6 }
        static var outputs: Int { 3 }

        @inline(__always)
        static func apply(_ x: (Int) -> Vector, _ y: (Int, Vector) -> Void) {
            let evenA = (x(1) + x(2)) * (1 / na)
            let oddA = (x(1) - x(2)) * (a / na)
            let evenB = (x(3) + x(4)) * (1 / nb)
            let oddB = (x(3) - x(4)) * (b / nb)
            y(0, x(0) * (1 / n0) + evenA + evenB)
            y(1, oddA + oddB)
            y(2, evenA * a2 + evenB * b2 + x(5))
        }
    }
}
