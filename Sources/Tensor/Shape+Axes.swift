extension Shape {
    /// The position of an axis that may be counted from the end: -1 is the last one.
    func axis(_ axis: Int, in operation: String) -> Int {
        let position = axis < 0 ? axis + rank : axis
        require(
            (0..<rank).contains(position),
            "\(operation): shape \(self) has no axis \(axis)")
        return position
    }

    /// The distance between neighbors on each axis of a dense array of this shape.
    var strides: [Int] {
        var strides = [Int](repeating: 1, count: rank)
        for axis in dimensions.indices.dropLast().reversed() {
            strides[axis] = strides[axis + 1] * dimensions[axis + 1]
        }
        return strides
    }

    /// The number of elements in front of, on, and behind an axis, as `[outer, length, inner]`.
    func split(at axis: Int) -> (outer: Int, length: Int, inner: Int) {
        (
            dimensions[..<axis].reduce(1, *), dimensions[axis],
            dimensions[(axis + 1)...].reduce(1, *)
        )
    }

    /// This shape with the length of one axis replaced.
    func replacing(axis: Int, with length: Int) -> Shape {
        var dimensions = dimensions
        dimensions[axis] = length
        return Shape(dimensions)
    }
}
