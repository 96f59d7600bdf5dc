import Foundation

/// What is computed from two elements; comparisons give 1 for true and 0 for false.
///
/// The raw value names the operation in messages.
package enum BinaryOperation: String {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case power = "power"
    case minimum = "pointwiseMin"
    case maximum = "pointwiseMax"
    case equal = ".=="
    case notEqual = ".!="
    case less = ".<"
    case lessOrEqual = ".<="
    case greater = ".>"
    case greaterOrEqual = ".>="
}

/// Applies an operation to pairs of elements of `a` and `b`.
///
/// `walk` goes over `a` first and `b` second, with steps of 0 or 1 along a row. `result` receives as
/// many elements as the walk visits, densely; it may be an operand that is walked densely.
package func applyElementwise(
    _ operation: BinaryOperation, _ walk: PairedStrides,
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, result: UnsafeMutablePointer<Float>
) {
    switch operation {
    case .add: combine(walk, a, b, result) { $0 + $1 }
    case .subtract: combine(walk, a, b, result) { $0 - $1 }
    case .multiply: combine(walk, a, b, result) { $0 * $1 }
    case .divide: combine(walk, a, b, result) { $0 / $1 }
    case .power: combine(walk, a, b, result) { pow($0, $1) }
    case .minimum: combine(walk, a, b, result) { smaller($0, $1) }
    case .maximum: combine(walk, a, b, result) { larger($0, $1) }
    case .equal: combine(walk, a, b, result) { $0 == $1 ? 1 : 0 }
    case .notEqual: combine(walk, a, b, result) { $0 != $1 ? 1 : 0 }
    case .less: combine(walk, a, b, result) { $0 < $1 ? 1 : 0 }
    case .lessOrEqual: combine(walk, a, b, result) { $0 <= $1 ? 1 : 0 }
    case .greater: combine(walk, a, b, result) { $0 > $1 ? 1 : 0 }
    case .greaterOrEqual: combine(walk, a, b, result) { $0 >= $1 ? 1 : 0 }
    }
}

// Both return a NaN that stands on either side, as NumPy does. A comparison with NaN is false, which
// gives `b`; the second step returns a NaN in `a`. There are no branches, which would not vectorize.

@inline(__always)
private func smaller(_ a: Float, _ b: Float) -> Float {
    let smaller = a < b ? a : b
    return a != a ? a : smaller
}

@inline(__always)
private func larger(_ a: Float, _ b: Float) -> Float {
    let larger = a > b ? a : b
    return a != a ? a : larger
}

@inline(__always)
private func combine(
    _ walk: PairedStrides, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>,
    _ result: UnsafeMutablePointer<Float>, _ operation: (Float, Float) -> Float
) {
    let length = walk.rowLength
    for row in 0..<walk.rowCount {
        let start = walk.start(ofRow: row)
        let x = a + start.first
        let y = b + start.second
        let out = result + row * length
        // A loop for each case, because the compiler vectorizes steps that it knows.
        if walk.firstStep == walk.secondStep {
            for index in 0..<length { out[index] = operation(x[index], y[index]) }
        } else if walk.secondStep == 0 {
            let scalar = y.pointee
            for index in 0..<length { out[index] = operation(x[index], scalar) }
        } else {
            let scalar = x.pointee
            for index in 0..<length { out[index] = operation(scalar, y[index]) }
        }
    }
}
