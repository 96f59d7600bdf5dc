import Kernels

extension Tensor {
    /// The position of the largest element in row-major order; the first one of several, or the
    /// first NaN.
    ///
    /// - Precondition: There is an element.
    /// - Complexity: O(*n*) in the number of elements.
    public func argMax() -> Int {
        flattened().argMax(axis: 0)[0]
    }

    /// The positions of the largest elements along an axis; the first one of several, or the first
    /// NaN.
    ///
    /// `probabilities.argMax(axis: -1)`, with `[batch, classes]`, gives the class of each sample.
    ///
    /// - Returns: One position for each place on the other axes, in row-major order.
    /// - Precondition: The axis exists and is not empty.
    /// - Complexity: O(*n*) in the number of elements.
    public func argMax(axis: Int) -> [Int] {
        let (outer, length, inner) = shape.split(at: shape.axis(axis, in: "argMax"))
        require(length > 0, "argMax: there is nothing along axis \(axis) of shape \(shape)")
        return [Int](unsafeUninitializedCapacity: outer * inner) { buffer, count in
            count = outer * inner
            guard let result = buffer.baseAddress else { return }
            withPointer {
                Kernels.argMax(
                    ReductionShape(outer: outer, length: length, inner: inner), $0, result: result)
            }
        }
    }
}
