import Tensor

/// Adam with decoupled weight decay (Loshchilov and Hutter, "Decoupled Weight Decay
/// Regularization", ICLR 2019).
///
/// Before each step of `Adam`, parameters lose `learningRate * weightDecay` of their value: the
/// decay follows the schedule, and is not divided by the size of the gradients. Biases and the
/// parameters of `BatchNorm` do not decay (`ParameterUpdate.decays`).
public struct AdamW: Optimizer, Hashable {
    /// The step that follows the decay.
    public var adam: Adam
    /// The share of a parameter that is lost in a step, per unit of learning rate.
    public var weightDecay: Double

    /// Creates the optimizer.
    ///
    /// - Precondition: Both betas lie in `0..<1`; `epsilon` is above 0; `weightDecay` is not
    ///   negative.
    public init(
        beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-7,
        weightDecay: Double = 0.01
    ) {
        require(weightDecay >= 0, "weight decay is not negative: \(weightDecay)")
        self.adam = Adam(beta1: beta1, beta2: beta2, epsilon: epsilon)
        self.weightDecay = weightDecay
    }

    /// 2: the running means of the gradient and of its square.
    public var momentCount: Int { adam.momentCount }

    /// Takes one step over a contiguous run of parameters.
    ///
    /// - Complexity: O(*n*) in the number of parameters.
    public func apply(_ update: ParameterUpdate) {
        adam.apply(update, weightDecay: weightDecay)
    }
}
