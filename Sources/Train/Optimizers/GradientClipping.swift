import Kernels
import Tensor

/// A limit on gradients, against single steps that throw the training off.
public enum GradientClipping: Codable, Hashable, Sendable {
    /// Gradients are used as they are.
    case none
    /// Each gradient is limited to `-limit...limit`.
    case value(limit: Double)
    /// All gradients are scaled down by one factor where their Euclidean norm, taken over the whole
    /// network, is above the limit (Pascanu, Mikolov and Bengio, "On the difficulty of training
    /// recurrent neural networks", ICML 2013).
    case norm(limit: Double)

    /// Limits the gradients of the whole network, `[count]`, and returns the `gradientScale` that
    /// the updates of this step are to use.
    ///
    /// Values are limited in place. For a norm the gradients stay as they are, and the optimizer
    /// multiplies the factor in while it reads them. The norm is summed in Double, in an order that
    /// does not depend on threads. A gradient that is not finite stays so.
    ///
    /// - Precondition: The limit is above 0.
    /// - Complexity: O(*n*) in the number of gradients; O(1) for `none`.
    public func limit(_ gradients: UnsafeMutableBufferPointer<Float>) -> Float {
        guard let start = gradients.baseAddress else { return 1 }
        switch self {
        case .none:
            return 1
        case .value(let limit):
            require(limit > 0, "gradients are clipped to a limit above 0, not \(limit)")
            clipGradients(start, count: gradients.count, limit: Float(limit))
            return 1
        case .norm(let limit):
            require(limit > 0, "gradients are clipped to a norm above 0, not \(limit)")
            let norm = gradientSquaredNorm(start, count: gradients.count).squareRoot()
            return norm > limit ? Float(limit / norm) : 1
        }
    }
}
