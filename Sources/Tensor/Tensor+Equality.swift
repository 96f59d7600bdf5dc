extension Tensor: Equatable {
    /// Whether two tensors have the same shape and equal elements; a NaN equals nothing.
    ///
    /// - Complexity: O(*n*) in the number of elements.
    public static func == (left: Tensor, right: Tensor) -> Bool {
        left.shape == right.shape
            && left.withUnsafeElements { a in
                right.withUnsafeElements { b in a.elementsEqual(b) }
            }
    }
}

extension Tensor {
    /// Whether two tensors have the same shape and nearly the same elements.
    ///
    /// Elements agree when they are equal or `|a - b| <= Swift.max(absolute, relative * max(|a|, |b|))`;
    /// a NaN agrees with nothing. The default tolerances suit results of a few hundred operations
    /// of elements around 1.
    ///
    /// - Complexity: O(*n*) in the number of elements.
    public func isApproximatelyEqual(
        to other: Tensor, relativeTolerance: Float = 1e-5, absoluteTolerance: Float = 1e-6
    ) -> Bool {
        guard shape == other.shape else { return false }
        return withUnsafeElements { a in
            other.withUnsafeElements { b in
                zip(a, b).allSatisfy { x, y in
                    let magnitude = Swift.max(x.magnitude, y.magnitude)
                    let tolerance = Swift.max(absoluteTolerance, relativeTolerance * magnitude)
                    return x == y || (magnitude.isFinite && (x - y).magnitude <= tolerance)
                }
            }
        }
    }
}
