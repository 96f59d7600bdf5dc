extension Tensor {
    /// Creates a tensor of numbers from a range, each as likely as any other.
    ///
    /// - Complexity: O(*n*) in the number of elements.
    public init(
        uniform range: Range<Float>, shape: Shape, using source: inout RandomSource
    ) {
        let length = range.upperBound - range.lowerBound
        self.init(shape: shape) { elements in
            for index in 0..<shape.elementCount {
                // The product may round up to the upper bound, which is not in the range.
                elements[index] = Swift.min(
                    range.lowerBound + source.uniform() * length, range.upperBound.nextDown)
            }
        }
    }

    /// Creates a tensor of numbers from a normal distribution.
    ///
    /// - Complexity: O(*n*) in the number of elements.
    public init(
        normalWithMean mean: Float = 0, standardDeviation: Float = 1, shape: Shape,
        using source: inout RandomSource
    ) {
        let count = shape.elementCount
        self.init(shape: shape) { elements in
            for index in stride(from: 0, to: count, by: 2) {
                let (first, second) = source.normalPair()
                elements[index] = mean + standardDeviation * Float(first)
                if index + 1 < count {
                    elements[index + 1] = mean + standardDeviation * Float(second)
                }
            }
        }
    }
}
