import Dispatch
import Kernels

/// How fast the machine multiplies matrices.
enum ProductRate {
    /// The shapes of small products, as convolutions are made of them: `[rows, depth]` times
    /// `[depth, columns]`.
    private static let shapes = [
        (rows: 44, depth: 32, columns: 64), (rows: 50, depth: 64, columns: 128),
        (rows: 50, depth: 128, columns: 128),
    ]

    /// Measures the billions of floating-point operations a second, two for each multiply-add, that
    /// the fastest small product does on one thread.
    ///
    /// Takes a quarter of a second. What else the machine does can only slow a product down, so the
    /// fastest of many runs counts.
    static func measure() -> Double {
        shapes.map { shape in
            let product = GEMM(rows: shape.rows, columns: shape.columns, depth: shape.depth)
            return rate(of: product, for: 0.08)
        }.max() ?? 0
    }

    private static func rate(of product: GEMM, for seconds: Double) -> Double {
        let a = [Float](repeating: 0.5, count: product.rows * product.depth)
        let b = [Float](repeating: 0.5, count: product.depth * product.columns)
        var c = [Float](repeating: 0, count: product.rows * product.columns)
        // Long enough for the clock, short enough to find a moment without disturbance.
        let productsPerRun = 20
        let operations = 2 * product.rows * product.columns * product.depth * productsPerRun
        var shortest = Double.infinity
        let end = DispatchTime.now() + seconds
        while DispatchTime.now() < end {
            let start = DispatchTime.now().uptimeNanoseconds
            for _ in 0..<productsPerRun { product(a, b, &c) }
            shortest = min(shortest, Double(DispatchTime.now().uptimeNanoseconds - start))
        }
        return Double(operations) / shortest
    }
}
