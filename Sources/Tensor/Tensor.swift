/// An n-dimensional array of floats in row-major order.
///
/// A tensor is a value: a copy is independent of its original, and costs nothing until one of
/// them is written. Its elements lie densely, the last axis fastest, on a 64-byte boundary.
public struct Tensor: Sendable {
    /// The length of each axis.
    public private(set) var shape: Shape

    var storage: TensorStorage

    init(shape: Shape, storage: TensorStorage) {
        require(
            storage.count == shape.elementCount,
            "\(storage.count) elements do not fill the shape \(shape)")
        self.shape = shape
        self.storage = storage
    }

    /// Creates a tensor whose elements `initialize` writes; it must write all of them.
    init(shape: Shape, initialize: (UnsafeMutablePointer<Float>) throws -> Void) rethrows {
        let storage = TensorStorage(uninitialized: shape.elementCount)
        try initialize(storage.elements)
        self.init(shape: shape, storage: storage)
    }

    /// Calls `body` with the first element; unlike a buffer's, this address is there for empty
    /// tensors too.
    func withPointer<Result>(_ body: (UnsafePointer<Float>) throws -> Result) rethrows -> Result {
        defer { withExtendedLifetime(storage) {} }
        return try body(storage.elements)
    }

    /// Calls `body` with the first element of memory that no other tensor shares.
    mutating func withMutablePointer<Result>(
        _ body: (UnsafeMutablePointer<Float>) throws -> Result
    ) rethrows -> Result {
        if !isKnownUniquelyReferenced(&storage) {
            storage = TensorStorage(copying: storage)
        }
        return try body(storage.elements)
    }
}

extension Tensor {
    /// Creates a tensor of the given elements in row-major order.
    ///
    /// - Precondition: `elements` holds as many floats as the shape has elements.
    public init(_ elements: some Collection<Float>, shape: Shape) {
        require(
            elements.count == shape.elementCount,
            "\(elements.count) elements do not fill the shape \(shape), which has "
                + "\(shape.elementCount)")
        self.init(shape: shape) { start in
            let buffer = UnsafeMutableBufferPointer(start: start, count: shape.elementCount)
            _ = buffer.update(fromContentsOf: elements)
        }
    }

    /// Creates a vector: a tensor of shape `[elements.count]`.
    public init(_ elements: some Collection<Float>) {
        self.init(elements, shape: [elements.count])
    }

    /// Creates a tensor of shape `[]` that holds one number.
    public init(scalar value: Float) {
        self.init(repeating: value, shape: [])
    }

    /// Creates a tensor whose elements are all the same.
    public init(repeating value: Float, shape: Shape) {
        self.init(shape: shape) { $0.update(repeating: value, count: shape.elementCount) }
    }

    /// Creates a tensor of zeros.
    public init(zeros shape: Shape) {
        self.init(repeating: 0, shape: shape)
    }

    /// The number of axes.
    public var rank: Int { shape.rank }

    /// The number of elements.
    public var count: Int { storage.count }

    /// The element of a tensor that has only one.
    ///
    /// - Precondition: There is exactly one element; the shape may be `[]`, `[1]`, `[1, 1]`, ...
    public var scalar: Float {
        require(count == 1, "scalar: a tensor of shape \(shape) has \(count) elements, not one")
        return withPointer { $0.pointee }
    }

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
        try withPointer { try body(UnsafeBufferPointer(start: $0, count: count)) }
    }

    /// Calls `body` with the elements in row-major order, which it may change.
    ///
    /// - Complexity: O(*n*) where the memory is shared with another tensor, otherwise O(1).
    public mutating func withUnsafeMutableElements<Result>(
        _ body: (UnsafeMutableBufferPointer<Float>) throws -> Result
    ) rethrows -> Result {
        let count = count
        return try withMutablePointer {
            try body(UnsafeMutableBufferPointer(start: $0, count: count))
        }
    }
}
