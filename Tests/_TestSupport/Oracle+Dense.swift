extension Oracle {
    /// `x w + b` of `[batch, inputs]`, `[inputs, outputs]` and `[outputs]`.
    public static func dense(
        _ x: ReferenceArray, weights: ReferenceArray, bias: [Double]?
    ) -> ReferenceArray {
        var output = product(x, weights)
        for row in 0..<output.shape[0] {
            for column in 0..<output.shape[1] { output[row, column] += bias?[column] ?? 0 }
        }
        return output
    }

    /// The matrix product.
    public static func product(_ a: ReferenceArray, _ b: ReferenceArray) -> ReferenceArray {
        precondition(a.shape[1] == b.shape[0], "\(a.shape) cannot be multiplied by \(b.shape)")
        var output = ReferenceArray(zeros: [a.shape[0], b.shape[1]])
        for row in 0..<a.shape[0] {
            for column in 0..<b.shape[1] {
                for index in 0..<a.shape[1] {
                    output[row, column] += a[row, index] * b[index, column]
                }
            }
        }
        return output
    }

    /// The transpose of a matrix.
    public static func transposed(_ matrix: ReferenceArray) -> ReferenceArray {
        var output = ReferenceArray(zeros: [matrix.shape[1], matrix.shape[0]])
        for row in 0..<matrix.shape[0] {
            for column in 0..<matrix.shape[1] { output[column, row] = matrix[row, column] }
        }
        return output
    }
}
