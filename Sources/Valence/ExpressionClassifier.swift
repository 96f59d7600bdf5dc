public import Foundation
public import Imaging

/// Reads the expressions of faces.
public struct ExpressionClassifier: Sendable {
    /// Loads a network.
    ///
    /// - Parameter weights: The file; nil for the weights that Valence ships.
    public init(weights: URL? = nil, threshold: Float = 0.4) throws {}

    /// Reads the expression of a face, given by the box of a detector.
    public func reading(of face: Rectangle, in image: Image) -> ExpressionReading {
        ExpressionReading(probabilities: [Float](repeating: 1 / 7, count: 7), threshold: 0.4)
    }
}
