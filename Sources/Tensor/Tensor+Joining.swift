extension Tensor {
    /// Joins tensors along an axis that they have.
    ///
    /// - Precondition: There is a tensor, the axis exists, and all other axes have the same
    ///   lengths.
    /// - Complexity: O(*n*) in the number of elements of the result.
    public init(concatenating tensors: [Tensor], axis: Int = 0) {
        guard let first = tensors.first else {
            misuse("concatenating: there are no tensors")
        }
        let axis = first.shape.axis(axis, in: "concatenating")
        for tensor in tensors {
            require(
                tensor.rank == first.rank
                    && tensor.shape.replacing(axis: axis, with: 0)
                        == first.shape.replacing(axis: axis, with: 0),
                "concatenating: shapes \(first.shape) and \(tensor.shape) differ outside of axis "
                    + "\(axis)")
        }
        let total = tensors.reduce(0) { $0 + $1.shape[axis] }
        let (outer, _, inner) = first.shape.split(at: axis)
        self.init(shape: first.shape.replacing(axis: axis, with: total)) { result in
            var offset = 0
            for tensor in tensors {
                let run = tensor.shape[axis] * inner
                tensor.withPointer { elements in
                    for index in 0..<outer {
                        (result + offset + index * total * inner)
                            .update(from: elements + index * run, count: run)
                    }
                }
                offset += run
            }
        }
    }

    /// Joins tensors of one shape along a new axis.
    ///
    /// - Parameters:
    ///   - tensors: The tensors; the first lies at position 0 of the new axis.
    ///   - axis: Where the new axis stands in the result; -1 is behind all others.
    /// - Precondition: There is a tensor, and all have the same shape.
    /// - Complexity: O(*n*) in the number of elements of the result.
    public init(stacking tensors: [Tensor], axis: Int = 0) {
        for tensor in tensors {
            require(
                tensor.shape == tensors[0].shape,
                "stacking: shapes \(tensors[0].shape) and \(tensor.shape) differ")
        }
        self.init(concatenating: tensors.map { $0.expandingAxis(axis) }, axis: axis)
    }

    /// Collects parts of the tensor: element *i* along the axis is what lies at `positions[i]`.
    ///
    /// `images.gathering(order[0..<64])` is a batch of a shuffled set.
    ///
    /// - Precondition: The axis exists and all positions lie on it.
    /// - Complexity: O(*n*) in the number of elements of the result.
    public func gathering(_ positions: some Collection<Int>, axis: Int = 0) -> Tensor {
        let axis = shape.axis(axis, in: "gathering")
        let (outer, length, inner) = shape.split(at: axis)
        for position in positions {
            require(
                (0..<length).contains(position),
                "gathering: \(position) lies outside of axis \(axis) of shape \(shape)")
        }
        let result = shape.replacing(axis: axis, with: positions.count)
        return Tensor(shape: result) { destination in
            withPointer { elements in
                var next = destination
                for index in 0..<outer {
                    for position in positions {
                        next.update(
                            from: elements + (index * length + position) * inner, count: inner)
                        next += inner
                    }
                }
            }
        }
    }
}
