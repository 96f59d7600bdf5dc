import Foundation

/// Functions applied to every element, `y = f(x)`, and their derivatives, `dx = f'(x) dy`.
///
/// All arrays hold `count` floats; the result may be written over `x` or `dy`.
package enum Activation: Sendable {
    /// `max(x, 0)`.
    case relu
    /// `x` where it is positive, otherwise `slope * x`.
    case leakyReLU(slope: Float)
    /// `1 / (1 + exp(-x))`.
    case sigmoid
    /// The hyperbolic tangent.
    case tanh
    /// `x * sigmoid(x)` (Hendrycks and Gimpel, arXiv 1606.08415).
    case silu

    /// Writes `f(x)`.
    package func forward(
        _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, count: Int
    ) {
        switch self {
        case .relu:
            map(x, into: y, count: count) { $0.replacing(with: 0, where: $0 .< 0) }
        case .leakyReLU(let slope):
            map(x, into: y, count: count) { $0.replacing(with: $0 * slope, where: $0 .< 0) }
        case .sigmoid:
            for index in 0..<count { y[index] = sigmoid(x[index]) }
        case .tanh:
            for index in 0..<count { y[index] = Foundation.tanhf(x[index]) }
        case .silu:
            for index in 0..<count { y[index] = x[index] * sigmoid(x[index]) }
        }
    }

    /// Writes `f'(x) dy`, reading `y` for all functions but SiLU, which reads `x`.
    package func backward(
        x: UnsafePointer<Float>, y: UnsafePointer<Float>, dy: UnsafePointer<Float>,
        into dx: UnsafeMutablePointer<Float>, count: Int
    ) {
        switch self {
        case .relu:
            zip(y, dy, into: dx, count: count) { y, dy in dy.replacing(with: 0, where: y .<= 0) }
        case .leakyReLU(let slope):
            zip(y, dy, into: dx, count: count) { y, dy in
                dy.replacing(with: dy * slope, where: y .<= 0)
            }
        case .sigmoid:
            zip(y, dy, into: dx, count: count) { y, dy in dy * y * (1 - y) }
        case .tanh:
            zip(y, dy, into: dx, count: count) { y, dy in dy * (1 - y * y) }
        case .silu:
            for index in 0..<count {
                let s = sigmoid(x[index])
                dx[index] = dy[index] * s * (1 + x[index] * (1 - s))
            }
        }
    }

    private func sigmoid(_ x: Float) -> Float { 1 / (1 + expf(-x)) }
}

/// `y[i] = f(x[i])`, eight at a time.
@inline(__always)
private func map(
    _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, count: Int,
    _ f: (Vector) -> Vector
) {
    var index = 0
    while index + Vector.scalarCount <= count {
        y.store(f(x.vector(at: index)), at: index)
        index += Vector.scalarCount
    }
    while index < count {
        y[index] = f(Vector(repeating: x[index]))[0]
        index += 1
    }
}

/// `c[i] = f(a[i], b[i])`, eight at a time.
@inline(__always)
private func zip(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, into c: UnsafeMutablePointer<Float>,
    count: Int, _ f: (Vector, Vector) -> Vector
) {
    var index = 0
    while index + Vector.scalarCount <= count {
        c.store(f(a.vector(at: index), b.vector(at: index)), at: index)
        index += Vector.scalarCount
    }
    while index < count {
        c[index] = f(Vector(repeating: a[index]), Vector(repeating: b[index]))[0]
        index += 1
    }
}
