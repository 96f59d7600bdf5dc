public import Imaging

/// What a classifier reads in a face.
public struct ExpressionReading: Hashable, Sendable {
    /// The probabilities of the expressions, `[7]` in the order of `Expression.allCases`.
    public var probabilities: [Float]
    /// Below this probability the likeliest expression counts as uncertain.
    public var threshold: Float

    /// Creates a reading.
    public init(probabilities: [Float], threshold: Float) {
        self.probabilities = probabilities
        self.threshold = threshold
    }

    /// The likeliest expression.
    public var likeliest: Expression {
        Expression.allCases.max { probabilities[$0.rawValue] < probabilities[$1.rawValue] }!
    }

    /// The probability of the likeliest expression.
    public var confidence: Float { probabilities[likeliest.rawValue] }

    /// The expression, or nil where none is likely enough.
    public var expression: Expression? { confidence < threshold ? nil : likeliest }
}
