/// A row-major array of doubles: what the oracles compute on.
///
/// The oracles are slow and readable on purpose. They share no code with the library, so that a
/// mistake would have to be made twice to go unseen.
public struct ReferenceArray: Hashable, Sendable {
    /// The length of each axis, the batch first.
    public var shape: [Int]
    /// The elements, the last axis fastest.
    public var elements: [Double]

    /// Creates an array of zeros.
    public init(zeros shape: [Int]) {
        self.shape = shape
        elements = Array(repeating: 0, count: shape.reduce(1, *))
    }

    /// Creates an array of the given elements.
    public init(_ elements: [Double], shape: [Int]) {
        precondition(elements.count == shape.reduce(1, *), "\(elements.count) do not fill \(shape)")
        self.shape = shape
        self.elements = elements
    }

    /// Creates an array of the given elements.
    public init(_ elements: [Float], shape: [Int]) {
        self.init(elements.map(Double.init), shape: shape)
    }

    /// An element of a matrix.
    public subscript(row: Int, column: Int) -> Double {
        get { elements[row * shape[1] + column] }
        set { elements[row * shape[1] + column] = newValue }
    }

    /// An element of images, `[batch, height, width, channels]`, or of filters.
    public subscript(a: Int, b: Int, c: Int, d: Int) -> Double {
        get { elements[((a * shape[1] + b) * shape[2] + c) * shape[3] + d] }
        set { elements[((a * shape[1] + b) * shape[2] + c) * shape[3] + d] = newValue }
    }

    /// The array with a function applied to every element.
    public func map(_ function: (Double) -> Double) -> ReferenceArray {
        ReferenceArray(elements.map(function), shape: shape)
    }

    /// The array as a matrix whose columns are the last axis.
    public var rows: ReferenceArray {
        let columns = shape.last ?? 1
        return ReferenceArray(elements, shape: [elements.count / max(columns, 1), columns])
    }
}
