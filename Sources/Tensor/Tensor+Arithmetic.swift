import Kernels

// Two tensors are broadcast to a common shape (`Shape.broadcast(with:)`); a combined assignment keeps
// the shape of its left side. Shapes that do not fit together stop the program.

extension Tensor {
    /// The sums of the elements, broadcast to a common shape.
    public static func + (left: Tensor, right: Tensor) -> Tensor {
        left.combined(with: right, .add)
    }

    /// The sums of the elements and a number.
    public static func + (left: Tensor, right: Float) -> Tensor {
        left + Tensor(scalar: right)
    }

    /// The sums of a number and the elements.
    public static func + (left: Float, right: Tensor) -> Tensor {
        Tensor(scalar: left) + right
    }

    /// Adds the elements of `right`, broadcast to the shape of `left`.
    public static func += (left: inout Tensor, right: Tensor) {
        left.combine(with: right, .add)
    }

    /// Adds a number to each element.
    public static func += (left: inout Tensor, right: Float) {
        left += Tensor(scalar: right)
    }
}

extension Tensor {
    /// The differences of the elements, broadcast to a common shape.
    public static func - (left: Tensor, right: Tensor) -> Tensor {
        left.combined(with: right, .subtract)
    }

    /// The differences of the elements and a number.
    public static func - (left: Tensor, right: Float) -> Tensor {
        left - Tensor(scalar: right)
    }

    /// The differences of a number and the elements.
    public static func - (left: Float, right: Tensor) -> Tensor {
        Tensor(scalar: left) - right
    }

    /// Subtracts the elements of `right`, broadcast to the shape of `left`.
    public static func -= (left: inout Tensor, right: Tensor) {
        left.combine(with: right, .subtract)
    }

    /// Subtracts a number from each element.
    public static func -= (left: inout Tensor, right: Float) {
        left -= Tensor(scalar: right)
    }
}

extension Tensor {
    /// The products of the elements, broadcast to a common shape.
    public static func * (left: Tensor, right: Tensor) -> Tensor {
        left.combined(with: right, .multiply)
    }

    /// The products of the elements and a number.
    public static func * (left: Tensor, right: Float) -> Tensor {
        left * Tensor(scalar: right)
    }

    /// The products of a number and the elements.
    public static func * (left: Float, right: Tensor) -> Tensor {
        Tensor(scalar: left) * right
    }

    /// Multiplies by the elements of `right`, broadcast to the shape of `left`.
    public static func *= (left: inout Tensor, right: Tensor) {
        left.combine(with: right, .multiply)
    }

    /// Multiplies by a number.
    public static func *= (left: inout Tensor, right: Float) {
        left *= Tensor(scalar: right)
    }
}

extension Tensor {
    /// The quotients of the elements, broadcast to a common shape.
    public static func / (left: Tensor, right: Tensor) -> Tensor {
        left.combined(with: right, .divide)
    }

    /// The quotients of the elements and a number.
    public static func / (left: Tensor, right: Float) -> Tensor {
        left / Tensor(scalar: right)
    }

    /// The quotients of a number and the elements.
    public static func / (left: Float, right: Tensor) -> Tensor {
        Tensor(scalar: left) / right
    }

    /// Divides by the elements of `right`, broadcast to the shape of `left`.
    public static func /= (left: inout Tensor, right: Tensor) {
        left.combine(with: right, .divide)
    }

    /// Divides by a number.
    public static func /= (left: inout Tensor, right: Float) {
        left /= Tensor(scalar: right)
    }
}

extension Tensor {
    /// The elements with their signs changed.
    public static prefix func - (operand: Tensor) -> Tensor {
        operand.transformed(.negate)
    }
}
