import Kernels

extension Tensor {
    /// One element: `matrix[1, 2]`.
    ///
    /// - Precondition: There is one index for each axis, and each lies on its axis.
    public subscript(indices: Int...) -> Float {
        get {
            let offset = offset(of: indices)
            return withPointer { $0[offset] }
        }
        set {
            let offset = offset(of: indices)
            withMutablePointer { $0[offset] = newValue }
        }
    }

    /// A part of the tensor: `images[0, 1..., ..<3]`.
    ///
    /// Integers remove their axis, ranges keep it, `0...` is a whole axis, and axes without an
    /// index are taken whole. Where a tensor is asked for, integers alone give a part as well:
    /// `let row: Tensor = matrix[0]`. What is assigned is broadcast to the shape of the part.
    ///
    /// - Precondition: There are no more indices than axes, each lies on its axis, and what is
    ///   assigned can be broadcast to the shape of the part.
    /// - Complexity: O(*n*) in the number of elements of the part.
    public subscript(indices: any AxisIndex...) -> Tensor {
        get {
            let part = TensorPart(of: shape, at: indices)
            let walk = PairedStrides(
                lengths: part.shape.dimensions, first: part.strides, second: part.shape.strides)
            return Tensor(shape: part.shape) { result in
                withPointer { copyStrided(walk, from: $0 + part.offset, to: result) }
            }
        }
        set {
            let part = TensorPart(of: shape, at: indices)
            require(
                newValue.shape.broadcast(with: part.shape) == part.shape,
                "subscript: a tensor of shape \(newValue.shape) cannot be assigned to a part of "
                    + "shape \(part.shape)")
            let walk = PairedStrides(
                lengths: part.shape.dimensions,
                first: newValue.shape.strides(broadcastTo: part.shape), second: part.strides)
            withMutablePointer { elements in
                newValue.withPointer { copyStrided(walk, from: $0, to: elements + part.offset) }
            }
        }
    }

    private func offset(of indices: [Int]) -> Int {
        require(
            indices.count == rank,
            "subscript: an element of a tensor of shape \(shape) has \(rank) indices, not "
                + "\(indices); for a part, add a range such as 0... or write the type: "
                + "let part: Tensor = ...")
        var offset = 0
        for (index, length) in zip(indices, shape) {
            require(
                (0..<length).contains(index),
                "subscript: \(indices) lies outside of a tensor of shape \(shape)")
            offset = offset * length + index
        }
        return offset
    }
}

/// Where a part of a dense array lies.
private struct TensorPart {
    var shape: Shape
    var strides: [Int] = []
    var offset = 0

    init(of whole: Shape, at indices: [any AxisIndex]) {
        require(
            indices.count <= whole.rank,
            "subscript: \(indices.count) indices for a tensor of shape \(whole)")
        var dimensions: [Int] = []
        for (axis, stride) in whole.strides.enumerated() {
            let length = whole[axis]
            let selection =
                axis < indices.count
                ? indices[axis].selection(onAxisOfLength: length)
                : AxisSelection(from: 0, upTo: length)
            require(
                0 <= selection.lowerBound && selection.lowerBound <= selection.upperBound
                    && selection.upperBound <= length,
                "subscript: \(selection.lowerBound)..<\(selection.upperBound) lies outside of "
                    + "axis \(axis) of a tensor of shape \(whole)")
            offset += selection.lowerBound * stride
            if selection.keepsAxis {
                dimensions.append(selection.upperBound - selection.lowerBound)
                strides.append(stride)
            }
        }
        shape = Shape(dimensions)
    }
}
