public import Imaging
import Tensor

/// What a classifier reads in a face.
public struct ExpressionReading: Hashable, Sendable {
    /// The probabilities of the expressions, `[7]` in the order of `Expression.allCases`.
    public var probabilities: [Float] {
        didSet { checkCount() }
    }
    /// Below this probability the likeliest expression counts as uncertain.
    public var threshold: Float

    /// Creates a reading.
    ///
    /// - Precondition: There is a probability for each expression.
    public init(probabilities: [Float], threshold: Float) {
        self.probabilities = probabilities
        self.threshold = threshold
        checkCount()
    }

    /// The probability of an expression.
    public subscript(expression: Expression) -> Float { probabilities[expression.rawValue] }

    /// The likeliest expression, the first of equals.
    public var likeliest: Expression {
        Expression.allCases.reduce(.angry) { self[$1] > self[$0] ? $1 : $0 }
    }

    /// The probability of the likeliest expression.
    public var confidence: Float { self[likeliest] }

    /// The expression, or nil where none is likely enough.
    public var expression: Expression? { confidence < threshold ? nil : likeliest }

    private func checkCount() {
        require(
            probabilities.count == Expression.allCases.count,
            "\(probabilities.count) probabilities for \(Expression.allCases.count) expressions")
    }
}
