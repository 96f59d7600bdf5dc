/// A number or a list in a tensor literal such as `[[1, 2], [3, 4]]`.
///
/// A type of its own, because a `Tensor` that could be written as a bare number would make
/// `tensor + 1` ambiguous.
public enum TensorLiteral: Sendable {
    /// One element.
    case element(Float)
    /// What lies at the positions of an axis; all have the same shape.
    case axis([TensorLiteral])
}

extension TensorLiteral: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
    /// Creates one element.
    public init(floatLiteral value: Float) {
        self = .element(value)
    }

    /// Creates one element.
    public init(integerLiteral value: Int) {
        self = .element(Float(value))
    }
}

extension TensorLiteral: ExpressibleByArrayLiteral {
    /// Creates an axis.
    public init(arrayLiteral elements: TensorLiteral...) {
        self = .axis(elements)
    }
}

extension Tensor: ExpressibleByArrayLiteral {
    /// Creates a tensor from nested lists: `let matrix: Tensor = [[1, 2], [3, 4]]`.
    ///
    /// - Precondition: Lists at the same depth have the same length.
    public init(arrayLiteral elements: TensorLiteral...) {
        let literal = TensorLiteral.axis(elements)
        var flattened: [Float] = []
        literal.append(to: &flattened)
        self.init(flattened, shape: Shape(literal.dimensions))
    }
}

extension TensorLiteral {
    fileprivate var dimensions: [Int] {
        guard case .axis(let items) = self else { return [] }
        let inner = items.first?.dimensions ?? []
        for item in items {
            require(
                item.dimensions == inner,
                "a tensor literal has parts of different shapes: \(inner) and \(item.dimensions)")
        }
        return [items.count] + inner
    }

    fileprivate func append(to elements: inout [Float]) {
        switch self {
        case .element(let value): elements.append(value)
        case .axis(let items): for item in items { item.append(to: &elements) }
        }
    }
}
