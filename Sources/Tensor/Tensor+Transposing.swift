import Kernels

extension Tensor {
    /// The tensor with its axes in the opposite order; the transpose of a matrix.
    ///
    /// - Complexity: O(*n*) in the number of elements.
    public func transposed() -> Tensor {
        transposed(permutation: Array((0..<rank).reversed()))
    }

    /// The tensor with its axes in another order.
    ///
    /// `images.transposed(0, 3, 1, 2)` turns `[batch, height, width, channels]` into
    /// `[batch, channels, height, width]`.
    ///
    /// - Parameter axes: For each axis of the result, the axis of this tensor that goes there.
    /// - Returns: A tensor with as many axes and elements.
    /// - Precondition: Each axis occurs once.
    /// - Complexity: O(*n*) in the number of elements.
    public func transposed(_ axes: Int...) -> Tensor {
        transposed(permutation: axes)
    }

    func transposed(permutation axes: [Int]) -> Tensor {
        require(
            axes.sorted() == Array(0..<rank),
            "transposed: \(axes) is not a permutation of the axes of shape \(shape)")
        let result = Shape(axes.map { shape[$0] })
        let strides = shape.strides
        let walk = PairedStrides(
            lengths: result.dimensions, first: axes.map { strides[$0] }, second: result.strides)
        return Tensor(shape: result) { destination in
            withPointer { copyStrided(walk, from: $0, to: destination) }
        }
    }

    /// The tensor repeated along axes of length 1, and along new axes in front.
    ///
    /// - Precondition: Lengths agree, counted from the last axis, or are 1 in this tensor.
    /// - Complexity: O(*n*) in the number of elements of the result.
    public func broadcast(to newShape: Shape) -> Tensor {
        require(
            shape.broadcast(with: newShape) == newShape,
            "broadcast: shape \(shape) cannot be repeated to give \(newShape)")
        let walk = PairedStrides(
            lengths: newShape.dimensions, first: shape.strides(broadcastTo: newShape),
            second: newShape.strides)
        return Tensor(shape: newShape) { destination in
            withPointer { copyStrided(walk, from: $0, to: destination) }
        }
    }
}
