import Kernels

extension Tensor {
    /// Applies an operation to the elements of two tensors, broadcast to a common shape.
    func combined(with other: Tensor, _ operation: BinaryOperation) -> Tensor {
        let result = shape.broadcast(with: other.shape, in: operation.rawValue)
        let walk = PairedStrides(
            lengths: result.dimensions, first: shape.strides(broadcastTo: result),
            second: other.shape.strides(broadcastTo: result))
        return Tensor(shape: result) { destination in
            withPointer { a in
                other.withPointer { b in
                    applyElementwise(operation, walk, a, b, result: destination)
                }
            }
        }
    }

    /// Applies an operation to the elements of two tensors and stores the result in this one.
    mutating func combine(with other: Tensor, _ operation: BinaryOperation) {
        let result = shape.broadcast(with: other.shape, in: operation.rawValue)
        require(
            result == shape,
            "\(operation.rawValue)=: the result, of shape \(result), does not fit into a tensor of "
                + "shape \(shape)")
        let walk = PairedStrides(
            lengths: result.dimensions, first: shape.strides,
            second: other.shape.strides(broadcastTo: result))
        withMutablePointer { a in
            other.withPointer { b in applyElementwise(operation, walk, a, b, result: a) }
        }
    }

    /// Applies an operation to each element.
    func transformed(_ operation: UnaryOperation) -> Tensor {
        Tensor(shape: shape) { destination in
            withPointer { applyElementwise(operation, count: count, $0, result: destination) }
        }
    }
}
