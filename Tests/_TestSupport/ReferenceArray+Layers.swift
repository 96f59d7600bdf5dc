// What the oracles of layers need; their arrays have two axes or four.

extension ReferenceArray {
    /// Creates an array of zeros.
    public init(zeros shape: [Int]) {
        self.init(Array(repeating: 0.0, count: shape.reduce(1, *)), shape: shape)
    }

    /// Creates an array of elements in row-major order.
    public init(_ values: [Double], shape: [Int]) {
        precondition(values.count == shape.reduce(1, *), "\(values.count) do not fill \(shape)")
        self.shape = shape
        self.values = values
    }

    /// An element of a matrix.
    public subscript(row: Int, column: Int) -> Double {
        get { values[row * shape[1] + column] }
        set { values[row * shape[1] + column] = newValue }
    }

    /// An element of images, `[batch, height, width, channels]`, or of filters.
    public subscript(a: Int, b: Int, c: Int, d: Int) -> Double {
        get { values[((a * shape[1] + b) * shape[2] + c) * shape[3] + d] }
        set { values[((a * shape[1] + b) * shape[2] + c) * shape[3] + d] = newValue }
    }

    /// The array with a function applied to every element.
    public func map(_ function: (Double) -> Double) -> ReferenceArray {
        ReferenceArray(values.map(function), shape: shape)
    }

    /// The array as a matrix whose columns are the last axis.
    public var rows: ReferenceArray {
        let columns = shape.last ?? 1
        return ReferenceArray(values, shape: [values.count / max(columns, 1), columns])
    }
}
