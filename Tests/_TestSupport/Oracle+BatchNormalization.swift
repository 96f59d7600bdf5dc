extension Oracle {
    /// Mean and biased variance of each channel, the last axis.
    public static func moments(_ x: ReferenceArray) -> (mean: [Double], variance: [Double]) {
        let rows = x.rows
        let count = Double(rows.shape[0])
        var mean = [Double](repeating: 0, count: rows.shape[1])
        var variance = mean
        for channel in mean.indices {
            for row in 0..<rows.shape[0] { mean[channel] += rows[row, channel] / count }
            for row in 0..<rows.shape[0] {
                let difference = rows[row, channel] - mean[channel]
                variance[channel] += difference * difference / count
            }
        }
        return (mean, variance)
    }

    /// `gamma * (x - mean) / √(variance + epsilon) + beta` of each channel, the last axis.
    public static func normalization(
        _ x: ReferenceArray, mean: [Double], variance: [Double], gamma: [Double], beta: [Double],
        epsilon: Double
    ) -> ReferenceArray {
        var rows = x.rows
        for row in 0..<rows.shape[0] {
            for channel in 0..<rows.shape[1] {
                let deviation = (variance[channel] + epsilon).squareRoot()
                rows[row, channel] =
                    gamma[channel] * (rows[row, channel] - mean[channel]) / deviation
                    + beta[channel]
            }
        }
        return ReferenceArray(rows.values, shape: x.shape)
    }
}
