import Foundation

/// What is computed from one element.
package enum UnaryOperation {
    case negate
    case absolute
    case exponential
    case logarithm
    case squareRoot
    case hyperbolicTangent
}

/// Applies an operation to each of `count` elements; `result` may be `input`.
package func applyElementwise(
    _ operation: UnaryOperation, count: Int,
    _ input: UnsafePointer<Float>, result: UnsafeMutablePointer<Float>
) {
    switch operation {
    case .negate: transform(count, input, result) { -$0 }
    case .absolute: transform(count, input, result) { $0.magnitude }
    case .exponential: transform(count, input, result) { exp($0) }
    case .logarithm: transform(count, input, result) { log($0) }
    case .squareRoot: transform(count, input, result) { $0.squareRoot() }
    case .hyperbolicTangent: transform(count, input, result) { tanh($0) }
    }
}

@inline(__always)
private func transform(
    _ count: Int, _ input: UnsafePointer<Float>, _ result: UnsafeMutablePointer<Float>,
    _ operation: (Float) -> Float
) {
    for index in 0..<count { result[index] = operation(input[index]) }
}

/// Takes `replacement` where `mask` is not zero, and `original` elsewhere; all of `count` elements.
package func selectElements(
    count: Int, mask: UnsafePointer<Float>, replacement: UnsafePointer<Float>,
    original: UnsafePointer<Float>, result: UnsafeMutablePointer<Float>
) {
    for index in 0..<count {
        result[index] = mask[index] != 0 ? replacement[index] : original[index]
    }
}
