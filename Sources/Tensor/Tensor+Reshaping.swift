extension Tensor {
    /// The same elements in the same order in another shape.
    ///
    /// - Precondition: Both shapes have the same number of elements.
    public func reshaped(to newShape: Shape) -> Tensor {
        require(
            newShape.elementCount == count,
            "reshaped: shape \(shape) has \(count) elements, shape \(newShape) has "
                + "\(newShape.elementCount)")
        return Tensor(shape: newShape, storage: storage)
    }

    /// The same elements in the same order in another shape: `images.reshaped(64, -1)`.
    ///
    /// - Parameter dimensions: The length of each axis; one of them may be -1 and takes what is
    ///   left.
    /// - Returns: A tensor that shares the elements until one of the two is written.
    /// - Precondition: Both shapes have the same number of elements.
    public func reshaped(_ dimensions: Int...) -> Tensor {
        guard let open = dimensions.firstIndex(of: -1) else {
            return reshaped(to: Shape(dimensions))
        }
        var dimensions = dimensions
        dimensions[open] = 1
        let others = Shape(dimensions).elementCount
        require(
            others > 0 && count.isMultiple(of: others),
            "reshaped: \(count) elements of shape \(shape) cannot be divided by \(others) to fill "
                + "the open axis")
        dimensions[open] = count / others
        return reshaped(to: Shape(dimensions))
    }

    /// The elements as a vector.
    public func flattened() -> Tensor {
        reshaped(to: [count])
    }

    /// The same elements with another axis of length 1.
    ///
    /// - Parameter axis: Where the new axis stands in the result; -1 is behind all others.
    /// - Returns: A tensor with one axis more.
    /// - Precondition: The result has such an axis.
    public func expandingAxis(_ axis: Int) -> Tensor {
        let position = axis < 0 ? axis + rank + 1 : axis
        require(
            (0...rank).contains(position),
            "expandingAxis: shape \(shape) has no place for an axis \(axis)")
        var dimensions = shape.dimensions
        dimensions.insert(1, at: position)
        return reshaped(to: Shape(dimensions))
    }

    /// The same elements without an axis of length 1.
    ///
    /// - Precondition: There is such an axis and its length is 1.
    public func squeezingAxis(_ axis: Int) -> Tensor {
        let position = shape.axis(axis, in: "squeezingAxis")
        require(
            shape[position] == 1,
            "squeezingAxis: axis \(axis) of shape \(shape) has length \(shape[position]), not 1")
        var dimensions = shape.dimensions
        dimensions.remove(at: position)
        return reshaped(to: Shape(dimensions))
    }

    /// The same elements without any axis of length 1.
    public func squeezed() -> Tensor {
        reshaped(to: Shape(shape.dimensions.filter { $0 != 1 }))
    }
}
