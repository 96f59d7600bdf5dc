/// Finds the position of the first largest element along the middle axis of `input`,
/// `[outer, length, inner]`, for each of `[outer, inner]`; a NaN counts as largest.
package func argMax(
    _ shape: ReductionShape, _ input: UnsafePointer<Float>, result: UnsafeMutablePointer<Int>
) {
    for outer in 0..<shape.outer {
        for inner in 0..<shape.inner {
            let column = input + outer * shape.length * shape.inner + inner
            var best = 0
            for index in 1..<max(shape.length, 1) {
                let champion = column[best * shape.inner]
                if champion.isNaN { break }
                let element = column[index * shape.inner]
                if element > champion || element.isNaN { best = index }
            }
            result[outer * shape.inner + inner] = best
        }
    }
}
