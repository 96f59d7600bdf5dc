extension Oracle {
    /// The arrays side by side along the last axis.
    public static func concatenation(_ arrays: [ReferenceArray]) -> ReferenceArray {
        let parts = arrays.map(\.rows)
        let columns = parts.reduce(0) { $0 + $1.shape[1] }
        let rows = parts[0].shape[0]
        var values: [Double] = []
        for row in 0..<rows {
            for part in parts {
                for column in 0..<part.shape[1] { values.append(part[row, column]) }
            }
        }
        return ReferenceArray(values, shape: arrays[0].shape.dropLast() + [columns])
    }

    /// The sum of the arrays.
    public static func sum(_ arrays: [ReferenceArray]) -> ReferenceArray {
        var total = ReferenceArray(zeros: arrays[0].shape)
        for array in arrays {
            precondition(array.shape == total.shape, "\(array.shape) is not \(total.shape)")
            for index in array.values.indices { total.values[index] += array.values[index] }
        }
        return total
    }

    /// The array with every element multiplied by its mask: dropout whose mask is known.
    public static func masked(_ x: ReferenceArray, by mask: [Double]) -> ReferenceArray {
        ReferenceArray(zip(x.values, mask).map { $0 * $1 }, shape: x.shape)
    }
}
