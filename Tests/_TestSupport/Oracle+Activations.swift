import Foundation

extension Oracle {
    /// `max(x, 0)`.
    public static func relu(_ x: Double) -> Double { max(x, 0) }

    /// `x` where it is positive, otherwise `slope * x`.
    public static func leakyReLU(_ x: Double, slope: Double) -> Double { x > 0 ? x : slope * x }

    /// `1 / (1 + exp(-x))`.
    public static func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

    /// The hyperbolic tangent.
    public static func tanh(_ x: Double) -> Double { Foundation.tanh(x) }

    /// `x * sigmoid(x)`.
    public static func silu(_ x: Double) -> Double { x * sigmoid(x) }

    /// `exp(x) / Σ exp(x)` along the last axis.
    public static func softmax(_ x: ReferenceArray) -> ReferenceArray {
        var rows = x.rows
        for row in 0..<rows.shape[0] {
            let sum = (0..<rows.shape[1]).reduce(0) { $0 + exp(rows[row, $1]) }
            for column in 0..<rows.shape[1] { rows[row, column] = exp(rows[row, column]) / sum }
        }
        return ReferenceArray(rows.values, shape: x.shape)
    }

    /// The mean over the batch of `-w Σ t log softmax(x)`, where the targets t are mixed with
    /// equal shares of all classes, and w is the weight of the sample's class.
    public static func crossEntropy(
        logits: ReferenceArray, targets: ReferenceArray, smoothing: Double = 0,
        classWeights: [Double]? = nil
    ) -> Double {
        let probabilities = softmax(logits)
        let (batch, classes) = (logits.shape[0], logits.shape[1])
        var total = 0.0
        for sample in 0..<batch {
            var weight = 1.0
            if let classWeights {
                weight = (0..<classes).reduce(0) { $0 + targets[sample, $1] * classWeights[$1] }
            }
            for label in 0..<classes {
                let target =
                    targets[sample, label] * (1 - smoothing) + smoothing / Double(classes)
                total -= weight * target * log(probabilities[sample, label])
            }
        }
        return total / Double(batch)
    }
}
