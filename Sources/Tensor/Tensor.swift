/// An n-dimensional array of floats in row-major order.
///
/// A tensor is a value: a copy is independent of its original, and costs nothing until one of
/// them is written. Its elements lie densely, the last axis fastest, on a 64-byte boundary.
public struct Tensor: Sendable {
    /// The length of each axis.
    public private(set) var shape: Shape

    var storage: TensorStorage

    init(shape: Shape, storage: TensorStorage) {
        precondition(
            storage.count == shape.elementCount,
            "\(storage.count) elements do not fill the shape \(shape)")
        self.shape = shape
        self.storage = storage
    }

    /// Creates a tensor whose elements `initialize` writes; it must write all of them.
    init(shape: Shape, initialize: (UnsafeMutableBufferPointer<Float>) throws -> Void) rethrows {
        let storage = TensorStorage(uninitialized: shape.elementCount)
        try initialize(UnsafeMutableBufferPointer(start: storage.elements, count: storage.count))
        self.init(shape: shape, storage: storage)
    }
}

extension Tensor {
    /// Creates a tensor of the given elements in row-major order.
    ///
    /// - Precondition: `elements` holds as many floats as the shape has elements.
    public init(_ elements: some Collection<Float>, shape: Shape) {
        precondition(
            elements.count == shape.elementCount,
            "\(elements.count) elements do not fill the shape \(shape), which has "
                + "\(shape.elementCount)")
        self.init(shape: shape) { buffer in
            _ = buffer.update(fromContentsOf: elements)
        }
    }

    /// Creates a vector: a tensor of shape `[elements.count]`.
    public init(_ elements: some Collection<Float>) {
        self.init(elements, shape: [elements.count])
    }

    /// Creates a tensor whose elements are all the same.
    public init(repeating value: Float, shape: Shape) {
        self.init(shape: shape) { $0.update(repeating: value) }
    }

    /// Creates a tensor of zeros.
    public init(zeros shape: Shape) {
        self.init(repeating: 0, shape: shape)
    }

    /// The number of axes.
    public var rank: Int { shape.rank }

    /// The number of elements.
    public var count: Int { storage.count }

    /// The elements in row-major order.
    ///
    /// - Complexity: O(*n*) in the number of elements.
    public var elements: [Float] {
        withUnsafeElements { Array($0) }
    }

    /// Calls `body` with the elements in row-major order.
    public func withUnsafeElements<Result>(
        _ body: (UnsafeBufferPointer<Float>) throws -> Result
    ) rethrows -> Result {
        defer { withExtendedLifetime(storage) {} }
        return try body(UnsafeBufferPointer(start: storage.elements, count: storage.count))
    }

    /// Calls `body` with the elements in row-major order, which it may change.
    ///
    /// - Complexity: O(*n*) where the memory is shared with another tensor, otherwise O(1).
    public mutating func withUnsafeMutableElements<Result>(
        _ body: (UnsafeMutableBufferPointer<Float>) throws -> Result
    ) rethrows -> Result {
        if !isKnownUniquelyReferenced(&storage) {
            storage = TensorStorage(copying: storage)
        }
        return try body(UnsafeMutableBufferPointer(start: storage.elements, count: storage.count))
    }
}
