import Kernels

extension Tensor {
    /// The elements along an axis as probabilities: `exp(x) / sum(exp(x))`, without overflow.
    ///
    /// - Parameter axis: The axis whose elements add up to 1; -1 is the last one.
    /// - Returns: A tensor of the same shape.
    /// - Precondition: The axis exists.
    /// - Complexity: O(*n*) in the number of elements.
    public func softmax(axis: Int = -1) -> Tensor {
        normalized(axis, "softmax", Kernels.softmax)
    }

    /// The logarithms of `softmax`, also where a probability is too small for a `Float`.
    ///
    /// - Parameter axis: The axis whose probabilities add up to 1; -1 is the last one.
    /// - Returns: A tensor of the same shape.
    /// - Precondition: The axis exists.
    /// - Complexity: O(*n*) in the number of elements.
    public func logSoftmax(axis: Int = -1) -> Tensor {
        normalized(axis, "logSoftmax", Kernels.logSoftmax)
    }

    private func normalized(
        _ axis: Int, _ operation: String,
        _ kernel: (ReductionShape, UnsafePointer<Float>, UnsafeMutablePointer<Float>) -> Void
    ) -> Tensor {
        let (outer, length, inner) = shape.split(at: shape.axis(axis, in: operation))
        return Tensor(shape: shape) { result in
            withPointer {
                kernel(ReductionShape(outer: outer, length: length, inner: inner), $0, result)
            }
        }
    }
}
