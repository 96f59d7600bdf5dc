/// F(2 x 2, 3 x 3): 16 multiplications for 4 outputs, against the 36 of the definition.
///
/// For images so small that tiles of 4 x 4 would mostly hang over their edges. The points are 0, ±1
/// and infinity: M(x) = x (x² - 1).
enum WinogradTile2x2: WinogradTile {
    enum Input: LinearMap {
        static var inputs: Int { 4 }
        static var outputs: Int { 4 }

        @inline(__always)
        static func apply(_ x: (Int) -> Vector, _ y: (Int, Vector) -> Void) {
            let (x1, x2) = (x(1), x(2))
            y(0, x2 - x(0))
            y(1, x2 + x1)
            y(2, x2 - x1)
            y(3, x(3) - x1)
        }
    }

    enum InputAdjoint: LinearMap {
        static var inputs: Int { 4 }
        static var outputs: Int { 4 }

        @inline(__always)
        static func apply(_ x: (Int) -> Vector, _ y: (Int, Vector) -> Void) {
            let (x0, x1, x2, x3) = (x(0), x(1), x(2), x(3))
            y(0, -x0)
            y(1, x1 - x2 - x3)
            y(2, x0 + x1 + x2)
            y(3, x3)
        }
    }

    enum Output: LinearMap {
        static var inputs: Int { 4 }
        static var outputs: Int { 2 }

        @inline(__always)
        static func apply(_ x: (Int) -> Vector, _ y: (Int, Vector) -> Void) {
            let (x1, x2) = (x(1), x(2))
            y(0, x(0) + x1 + x2)
            y(1, x1 - x2 + x(3))
        }
    }

    enum OutputAdjoint: LinearMap {
        static var inputs: Int { 2 }
        static var outputs: Int { 4 }

        @inline(__always)
        static func apply(_ x: (Int) -> Vector, _ y: (Int, Vector) -> Void) {
            let (x0, x1) = (x(0), x(1))
            y(0, x0)
            y(1, x0 + x1)
            y(2, x0 - x1)
            y(3, x1)
        }
    }

    enum Filter: LinearMap {
        static var inputs: Int { 3 }
        static var outputs: Int { 4 }

        @inline(__always)
        static func apply(_ x: (Int) -> Vector, _ y: (Int, Vector) -> Void) {
            let (x0, x2) = (x(0), x(2))
            let even = (x0 + x2) * 0.5
            let odd = x(1) * 0.5
            y(0, -x0)
            y(1, even + odd)
            y(2, even - odd)
            y(3, x2)
        }
    }

    enum FilterAdjoint: LinearMap {
        static var inputs: Int { 4 }
        static var outputs: Int { 3 }

        @inline(__always)
        static func apply(_ x: (Int) -> Vector, _ y: (Int, Vector) -> Void) {
            let even = (x(1) + x(2)) * 0.5
            let odd = (x(1) - x(2)) * 0.5
            y(0, even - x(0))
            y(1, odd)
            y(2, even + x(3))
        }
    }
}
