import Foundation

/// Normalizes `input` along its middle axis: `exp(x) / sum(exp(x))`.
///
/// The largest element is subtracted first, so that nothing overflows. `input` and `result` are
/// `[outer, length, inner]` and may be the same.
package func softmax(
    _ shape: ReductionShape, _ input: UnsafePointer<Float>, result: UnsafeMutablePointer<Float>
) {
    forEachColumn(of: shape) { start in
        let largest = largestElement(shape, input + start)
        var sum = 0.0
        for index in 0..<shape.length {
            let offset = start + index * shape.inner
            let value = exp(input[offset] - largest)
            result[offset] = value
            sum += Double(value)
        }
        let scale = Float(1 / sum)
        for index in 0..<shape.length { result[start + index * shape.inner] *= scale }
    }
}

/// The logarithm of `softmax`, without the loss of precision of computing it in two steps.
///
/// `input` and `result` are `[outer, length, inner]` and may be the same.
package func logSoftmax(
    _ shape: ReductionShape, _ input: UnsafePointer<Float>, result: UnsafeMutablePointer<Float>
) {
    forEachColumn(of: shape) { start in
        let largest = largestElement(shape, input + start)
        var sum = 0.0
        for index in 0..<shape.length {
            sum += Double(exp(input[start + index * shape.inner] - largest))
        }
        let logarithm = Float(log(sum))
        for index in 0..<shape.length {
            let offset = start + index * shape.inner
            result[offset] = input[offset] - largest - logarithm
        }
    }
}

@inline(__always)
private func forEachColumn(of shape: ReductionShape, _ body: (_ start: Int) -> Void) {
    for outer in 0..<shape.outer {
        for inner in 0..<shape.inner {
            body(outer * shape.length * shape.inner + inner)
        }
    }
}

@inline(__always)
private func largestElement(_ shape: ReductionShape, _ column: UnsafePointer<Float>) -> Float {
    var largest = -Float.infinity
    for index in 0..<shape.length {
        let element = column[index * shape.inner]
        largest = element > largest ? element : largest
    }
    return largest
}
