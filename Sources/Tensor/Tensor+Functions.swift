import Kernels

extension Tensor {
    /// *e* raised to each element.
    public func exp() -> Tensor { transformed(.exponential) }

    /// The natural logarithm of each element; NaN for negative ones.
    public func log() -> Tensor { transformed(.logarithm) }

    /// The square root of each element; NaN for negative ones.
    public func sqrt() -> Tensor { transformed(.squareRoot) }

    /// The hyperbolic tangent of each element.
    public func tanh() -> Tensor { transformed(.hyperbolicTangent) }

    /// The absolute value of each element.
    public func abs() -> Tensor { transformed(.absolute) }

    /// Each element raised to a power; NaN for negative ones unless the power is an integer.
    public func power(_ exponent: Float) -> Tensor {
        power(Tensor(scalar: exponent))
    }

    /// Each element raised to the power of that of another tensor, broadcast to a common shape.
    public func power(_ exponent: Tensor) -> Tensor {
        combined(with: exponent, .power)
    }

    /// Each element, or the nearest bound where it lies outside of the range; a NaN stays.
    public func clamped(to range: ClosedRange<Float>) -> Tensor {
        pointwiseMax(
            pointwiseMin(self, Tensor(scalar: range.upperBound)), Tensor(scalar: range.lowerBound))
    }

    /// The tensor with the elements of another one where a mask is not zero.
    ///
    /// `x.replacing(with: 0, where: x .< 0)` is the rectifier. All three are broadcast to a common
    /// shape.
    public func replacing(with other: Tensor, where mask: Tensor) -> Tensor {
        let operation = "replacing(with:where:)"
        let result = shape.broadcast(with: other.shape, in: operation)
            .broadcast(with: mask.shape, in: operation)
        return Tensor(shape: result) { destination in
            mask.broadcast(to: result).withPointer { mask in
                other.broadcast(to: result).withPointer { replacement in
                    self.broadcast(to: result).withPointer { original in
                        selectElements(
                            count: result.elementCount, mask: mask, replacement: replacement,
                            original: original, result: destination)
                    }
                }
            }
        }
    }

    /// The tensor with a number where a mask is not zero.
    public func replacing(with value: Float, where mask: Tensor) -> Tensor {
        replacing(with: Tensor(scalar: value), where: mask)
    }
}

/// The smaller of the elements of two tensors, broadcast to a common shape; NaN if either is.
public func pointwiseMin(_ a: Tensor, _ b: Tensor) -> Tensor {
    a.combined(with: b, .minimum)
}

/// The larger of the elements of two tensors, broadcast to a common shape; NaN if either is.
public func pointwiseMax(_ a: Tensor, _ b: Tensor) -> Tensor {
    a.combined(with: b, .maximum)
}
