import Kernels
import Tensor

/// Stochastic gradient descent, with momentum and weight decay if asked for.
///
/// Momentum follows Keras: the velocity `v = momentum * v - learningRate * g` holds learning rates,
/// so a schedule acts on new gradients only, and there is no dampening. (PyTorch multiplies the
/// learning rate in afterwards; with a constant rate both are the same.) Parameters move by `v`, or
/// with Nesterov's look-ahead by `momentum * v - learningRate * g`; see Sutskever et al., "On the
/// importance of initialization and momentum in deep learning", ICML 2013.
///
/// Weight decay is the classical one: the derivative of `weightDecay / 2 * p * p` is added to the
/// gradient, after clipping, and passes through the momentum.
public struct SGD: Optimizer, Hashable {
    /// The share of the velocity that is kept from step to step; 0 for plain gradient descent.
    public var momentum: Double
    /// Whether the gradient acts as if taken after the momentum's move.
    public var nesterov: Bool
    /// The factor of the parameter that is added to its gradient.
    public var weightDecay: Double

    /// Creates the optimizer.
    ///
    /// - Precondition: `momentum` lies in `0..<1`, and is above 0 for `nesterov`; `weightDecay` is
    ///   not negative.
    public init(momentum: Double = 0, nesterov: Bool = false, weightDecay: Double = 0) {
        require(
            (0..<1).contains(momentum), "the momentum of SGD lies in 0..<1, not at \(momentum)")
        require(!nesterov || momentum > 0, "Nesterov's look-ahead needs a momentum above 0")
        require(weightDecay >= 0, "weight decay is not negative: \(weightDecay)")
        self.momentum = momentum
        self.nesterov = nesterov
        self.weightDecay = weightDecay
    }

    /// 1 with momentum (the velocity), otherwise 0.
    public var momentCount: Int { momentum > 0 ? 1 : 0 }

    /// Takes one step over a contiguous run of parameters.
    ///
    /// - Complexity: O(*n*) in the number of parameters.
    public func apply(_ update: ParameterUpdate) {
        guard let parameters = update.parameters.baseAddress,
            let gradients = update.gradients.baseAddress
        else { return }
        let decay = update.decays ? Float(weightDecay) : 0
        if momentum == 0 {
            let step = SGDStep(
                learningRate: update.learningRate, gradientScale: update.gradientScale,
                decay: decay)
            step(parameters, gradients, count: update.count)
        } else if let velocity = update.moment(0).baseAddress {
            let step = MomentumStep(
                learningRate: update.learningRate, gradientScale: update.gradientScale,
                decay: decay, momentum: Float(momentum), nesterov: nesterov)
            step(parameters, gradients, velocity: velocity, count: update.count)
        }
    }
}
