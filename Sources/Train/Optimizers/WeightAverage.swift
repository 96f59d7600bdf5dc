import Kernels
import Tensor

/// An exponential moving average of the weights, which often predicts better than the last weights
/// (Polyak and Juditsky, "Acceleration of stochastic approximation by averaging", 1992).
///
/// After each step, `average += (1 - d) * (weights - average)`.
public struct WeightAverage: Codable, Hashable, Sendable {
    /// The share of the average that a step keeps; 0.999 averages over about 1,000 steps.
    public var decay: Double
    /// Whether early steps keep less, `d = min(decay, (1 + t) / (10 + t))` after step `t`, so that
    /// the random initial weights are soon forgotten (as TensorFlow does with `num_updates`).
    public var warmsUp: Bool

    /// Describes an average.
    ///
    /// - Precondition: `decay` lies in `0..<1`.
    public init(decay: Double = 0.999, warmsUp: Bool = true) {
        require(
            (0..<1).contains(decay), "the decay of an average lies in 0..<1, not at \(decay)")
        self.decay = decay
        self.warmsUp = warmsUp
    }

    /// The share of the average that is kept after a step; the first step is 1.
    public func decay(step: Int) -> Double {
        guard warmsUp else { return decay }
        return min(decay, Double(1 + step) / Double(10 + step))
    }

    /// Moves a contiguous run of the average, `[count]`, towards the weights after a step.
    ///
    /// Before step 1 the average is a copy of the weights.
    ///
    /// - Precondition: Both have the same number of elements.
    /// - Complexity: O(*n*) in the number of weights.
    public func update(
        _ average: UnsafeMutableBufferPointer<Float>, towards weights: UnsafeBufferPointer<Float>,
        step: Int
    ) {
        require(
            average.count == weights.count,
            "an average of [\(average.count)] does not follow weights of [\(weights.count)]")
        guard let target = average.baseAddress, let source = weights.baseAddress else { return }
        updateWeightAverage(
            target, source, count: average.count, gain: Float(1 - decay(step: step)))
    }
}
