/// An n-dimensional array in double precision that is read index by index: the slow, readable oracle
/// for array operations.
public struct ReferenceArray: Sendable {
    /// The length of each axis.
    public var shape: [Int]
    /// The elements in row-major order.
    public var values: [Double]

    /// Creates an array of elements in row-major order.
    public init(_ values: some Collection<Float>, shape: [Int]) {
        self.shape = shape
        self.values = values.map(Double.init)
    }

    /// Creates an array by computing each element from its index.
    public init(shape: [Int], _ element: ([Int]) -> Double) {
        self.shape = shape
        values = ReferenceArray.indices(of: shape).map(element)
    }

    /// The elements as floats.
    public var floats: [Float] { values.map { Float($0) } }

    /// The element at an index that has one number for each axis.
    ///
    /// Broadcasting: numbers in front for which there is no axis are left out, and axes of length 1
    /// are read at 0.
    public subscript(index: [Int]) -> Double {
        var offset = 0
        for (position, length) in zip(index.suffix(shape.count), shape) {
            offset = offset * length + (length == 1 ? 0 : position)
        }
        return values[offset]
    }

    /// All indices of arrays of a shape in row-major order.
    public static func indices(of shape: [Int]) -> [[Int]] {
        shape.reduce([[]]) { indices, length in
            indices.flatMap { index in (0..<length).map { index + [$0] } }
        }
    }
}
