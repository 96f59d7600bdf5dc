import Tensor

/// The vectors of all songs of a library, `[songs, dimensions]` in Double.
public struct FeatureMatrix: Sendable {
    /// The number of songs.
    public let count: Int
    /// The number of coordinates of a vector.
    public let dimensionCount: Int
    /// In row-major order.
    let values: StoredArray<Double>

    init(count: Int, dimensionCount: Int, values: StoredArray<Double>) {
        self.count = count
        self.dimensionCount = dimensionCount
        self.values = values
    }

    /// Creates a matrix of rows of the same length.
    public init(_ rows: [[Double]]) {
        count = rows.count
        dimensionCount = rows.first?.count ?? 0
        require(
            rows.allSatisfy { [dimensionCount] in $0.count == dimensionCount },
            "the rows of a matrix have the same length")
        values = StoredArray(rows.flatMap(\.self))
    }

    /// The vector of a song, `[dimensions]`.
    public subscript(row: Int) -> [Double] {
        require((0..<count).contains(row), "row \(row) of a matrix of \(count)")
        return Array(values[row * dimensionCount..<(row + 1) * dimensionCount])
    }

    /// The same rows with the length 1; those of length zero stay as they are.
    func normalized() -> FeatureMatrix {
        let width = dimensionCount
        return FeatureMatrix(
            count: count, dimensionCount: width,
            values: StoredArray(unsafeUninitializedCapacity: values.count) { target in
                for row in 0..<count {
                    let elements = values.elements[row * width..<(row + 1) * width]
                    let length = elements.reduce(0) { $0 + $1 * $1 }.squareRoot()
                    for index in elements.indices {
                        target.initializeElement(
                            at: index, to: length > 0 ? elements[index] / length : 0)
                    }
                }
            })
    }
}
