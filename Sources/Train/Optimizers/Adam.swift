import Foundation
import Kernels
import Tensor

/// Adam (Kingma and Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015), exactly as Keras
/// has it.
///
/// With `g` the gradient and `t` the step:
/// `m += (g - m) * (1 - beta1)`, `v += (g * g - v) * (1 - beta2)`,
/// `p -= m * learningRate * sqrt(1 - beta2^t) / (1 - beta1^t) / (sqrt(v) + epsilon)`.
/// `epsilon` is added to the root of `v` as it is, without bias correction (the paper's "epsilon
/// hat"); PyTorch corrects `v` first, which makes its epsilon larger in early steps.
public struct Adam: Optimizer, Hashable {
    /// The share of the running mean of gradients that is kept from step to step.
    public var beta1: Double
    /// The share of the running mean of squared gradients that is kept from step to step.
    public var beta2: Double
    /// What is added to the root of the mean squared gradient.
    public var epsilon: Double

    /// Creates the optimizer.
    ///
    /// - Precondition: Both betas lie in `0..<1`; `epsilon` is above 0.
    public init(beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-7) {
        require(
            (0..<1).contains(beta1) && (0..<1).contains(beta2),
            "the betas of Adam lie in 0..<1, not at \(beta1) and \(beta2)")
        require(epsilon > 0, "the epsilon of Adam is above 0, not \(epsilon)")
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
    }

    /// 2: the running means of the gradient and of its square.
    public var momentCount: Int { 2 }

    /// Takes one step over a contiguous run of parameters.
    ///
    /// - Complexity: O(*n*) in the number of parameters.
    public func apply(_ update: ParameterUpdate) {
        apply(update, weightDecay: 0)
    }

    /// Takes one step in which parameters first lose `learningRate * weightDecay` of their value.
    func apply(_ update: ParameterUpdate, weightDecay: Double) {
        guard let parameters = update.parameters.baseAddress,
            let gradients = update.gradients.baseAddress,
            let mean = update.moment(0).baseAddress,
            let variance = update.moment(1).baseAddress
        else { return }
        let time = Double(update.step)
        let correction = (1 - pow(beta2, time)).squareRoot() / (1 - pow(beta1, time))
        let rate = Double(update.learningRate)
        let step = AdamStep(
            stepSize: Float(rate * correction),
            gain1: Float(1 - beta1), gain2: Float(1 - beta2), epsilon: Float(epsilon),
            gradientScale: update.gradientScale,
            decay: update.decays ? Float(rate * weightDecay) : 0)
        step(parameters, gradients, mean: mean, variance: variance, count: update.count)
    }
}
