import Kernels

// Axes may be counted from the end: -1 is the last one. Reduced axes are removed, or keep the length
// 1 where that is asked for, so that the result can be broadcast against the original. Sums are
// accumulated in double precision.

extension Tensor {
    /// The sum of all elements.
    ///
    /// - Complexity: O(*n*) in the number of elements.
    public func sum() -> Float { flattened().sum(axes: [0]).scalar }

    /// The mean of all elements; NaN if there are none.
    ///
    /// - Complexity: O(*n*) in the number of elements.
    public func mean() -> Float { flattened().mean(axes: [0]).scalar }

    /// The variance of all elements; see `variance(axes:keepingAxes:correction:)`.
    ///
    /// - Complexity: O(*n*) in the number of elements.
    public func variance(correction: Int = 0) -> Float {
        flattened().variance(axes: [0], correction: correction).scalar
    }

    /// The smallest element, or NaN if there is one.
    ///
    /// - Precondition: There is an element.
    /// - Complexity: O(*n*) in the number of elements.
    public func min() -> Float { flattened().min(axes: [0]).scalar }

    /// The largest element, or NaN if there is one.
    ///
    /// - Precondition: There is an element.
    /// - Complexity: O(*n*) in the number of elements.
    public func max() -> Float { flattened().max(axes: [0]).scalar }
}

extension Tensor {
    /// The sums along some axes.
    ///
    /// - Precondition: The axes exist and differ.
    /// - Complexity: O(*n*) in the number of elements.
    public func sum(axes: [Int], keepingAxes: Bool = false) -> Tensor {
        reduced(axes, keepingAxes, "sum") { _ in .sum(scale: 1) }
    }

    /// The means along some axes; NaN where the axes are empty.
    ///
    /// - Precondition: The axes exist and differ.
    /// - Complexity: O(*n*) in the number of elements.
    public func mean(axes: [Int], keepingAxes: Bool = false) -> Tensor {
        reduced(axes, keepingAxes, "mean") { .sum(scale: 1 / Double($0)) }
    }

    /// The variances along some axes: the sum of the squared distances from the mean, divided by
    /// the number of elements less `correction`.
    ///
    /// The default is the biased variance, which batch normalization uses, too; a correction of 1
    /// gives the unbiased one.
    ///
    /// - Precondition: The axes exist and differ.
    /// - Complexity: O(*n*) in the number of elements.
    public func variance(
        axes: [Int], keepingAxes: Bool = false, correction: Int = 0
    ) -> Tensor {
        reduced(axes, keepingAxes, "variance") {
            .squaredDeviation(scale: 1 / Double($0 - correction))
        }
    }

    /// The smallest elements along some axes; NaN where there is one.
    ///
    /// - Precondition: The axes exist, differ and are not empty.
    /// - Complexity: O(*n*) in the number of elements.
    public func min(axes: [Int], keepingAxes: Bool = false) -> Tensor {
        reduced(axes, keepingAxes, "min", requiringElements: true) { _ in .minimum }
    }

    /// The largest elements along some axes; NaN where there is one.
    ///
    /// - Precondition: The axes exist, differ and are not empty.
    /// - Complexity: O(*n*) in the number of elements.
    public func max(axes: [Int], keepingAxes: Bool = false) -> Tensor {
        reduced(axes, keepingAxes, "max", requiringElements: true) { _ in .maximum }
    }

    /// Reduces the axes to one number each time; `reduction` is told how many elements that is.
    private func reduced(
        _ axes: [Int], _ keepingAxes: Bool, _ operation: String, requiringElements: Bool = false,
        _ reduction: (_ length: Int) -> Reduction
    ) -> Tensor {
        let positions = axes.map { shape.axis($0, in: operation) }
        require(
            Set(positions).count == axes.count,
            "\(operation): \(axes) names an axis of shape \(shape) twice")
        let others = shape.indices.filter { !positions.contains($0) }
        let length = positions.reduce(1) { $0 * shape[$1] }
        require(
            length > 0 || !requiringElements,
            "\(operation): there is nothing along the axes \(axes) of shape \(shape)")

        let (operand, layout) = arranged(reducing: positions.sorted(), keeping: others)
        let result = shape.indices.compactMap { axis in
            positions.contains(axis) ? (keepingAxes ? 1 : nil) : shape[axis]
        }
        return Tensor(shape: Shape(result)) { destination in
            operand.withPointer {
                reduce(reduction(length), layout, $0, result: destination)
            }
        }
    }

    /// The elements as `[outer, length, inner]`, which takes a copy only if the reduced axes are
    /// not neighbors.
    private func arranged(
        reducing axes: [Int], keeping others: [Int]
    ) -> (Tensor, ReductionShape) {
        let length = axes.reduce(1) { $0 * shape[$1] }
        guard let first = axes.first, let last = axes.last else {
            return (self, ReductionShape(outer: count, length: 1, inner: 1))
        }
        if last - first == axes.count - 1 {
            return (
                self,
                ReductionShape(
                    outer: shape[..<first].reduce(1, *), length: length,
                    inner: shape[(last + 1)...].reduce(1, *))
            )
        }
        let outer = others.reduce(1) { $0 * shape[$1] }
        return (
            transposed(permutation: others + axes),
            ReductionShape(outer: outer, length: length, inner: 1)
        )
    }
}
