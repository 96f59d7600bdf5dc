import Foundation
import Tensor

/// How the learning rate changes during training.
///
/// Every schedule is continuous in steps where its formula is. A linear warm-up from 0 may stand
/// before all but `oneCycle`, which has its own (Goyal et al., "Accurate, Large Minibatch SGD",
/// 2017); the curve then begins where the warm-up ends.
public struct Schedule: Codable, Hashable, Sendable {
    private let curve: Curve
    /// The length of the warm-up in epochs.
    private let warmup: Double

    private init(_ curve: Curve, warmup: Double = 0) {
        require(warmup >= 0, "a warm-up has no negative length: \(warmup) epochs")
        self.curve = curve
        self.warmup = warmup
    }

    /// The learning rate of the step that follows `steps` finished ones.
    ///
    /// - Parameters:
    ///   - steps: The number of finished steps: 0 for the first step.
    ///   - stepsPerEpoch: The number of steps in an epoch, above 0.
    /// - Returns: The learning rate, 0 only at the ends of a warm-up or of a cosine.
    public func learningRate(afterSteps steps: Int, stepsPerEpoch: Int) -> Float {
        require(
            steps >= 0 && stepsPerEpoch > 0,
            "a learning rate needs 0 steps or more and epochs of 1 step or more, not \(steps) and "
                + "\(stepsPerEpoch)")
        let warmupSteps = warmup * Double(stepsPerEpoch)
        let steps = Double(steps)
        if steps < warmupSteps {
            return Float(curve.start * steps / warmupSteps)
        }
        return Float(curve.value(afterSteps: steps - warmupSteps, perEpoch: Double(stepsPerEpoch)))
    }
}

extension Schedule {
    /// The same rate throughout.
    ///
    /// - Parameters:
    ///   - rate: The learning rate.
    ///   - warmup: The length of the warm-up in epochs.
    /// - Returns: The schedule.
    public static func constant(_ rate: Double, warmup: Double = 0) -> Schedule {
        Schedule(.constant(rate: rate), warmup: warmup)
    }

    /// A rate that is multiplied by `rate` every `steps` steps, continuously:
    /// `initial * rate^(step / steps)`, as the `ExponentialDecay` of Keras without its staircase.
    ///
    /// - Parameters:
    ///   - initial: The learning rate at the start.
    ///   - rate: The factor, above 0.
    ///   - steps: The number of steps that take the full factor, above 0.
    ///   - warmup: The length of the warm-up in epochs.
    /// - Returns: The schedule.
    public static func exponentialDecay(
        initial: Double, rate: Double, steps: Double, warmup: Double = 0
    ) -> Schedule {
        require(
            rate > 0 && steps > 0,
            "exponential decay needs a factor and a number of steps above 0, not \(rate) and "
                + "\(steps)")
        return Schedule(
            .exponentialDecay(initial: initial, rate: rate, steps: steps), warmup: warmup)
    }

    /// A rate that is multiplied by `factor` at once every so many epochs.
    ///
    /// - Parameters:
    ///   - initial: The learning rate at the start.
    ///   - factor: The factor.
    ///   - epochs: The number of epochs between two cuts, above 0.
    ///   - warmup: The length of the warm-up in epochs.
    /// - Returns: The schedule.
    public static func step(
        initial: Double, factor: Double = 0.1, everyEpochs epochs: Int, warmup: Double = 0
    ) -> Schedule {
        require(epochs > 0, "a step schedule needs 1 epoch or more a step, not \(epochs)")
        return Schedule(.step(initial: initial, factor: factor, epochs: epochs), warmup: warmup)
    }

    /// Half a cosine from `peak` down to 0 (Loshchilov and Hutter, "SGDR: Stochastic Gradient
    /// Descent with Warm Restarts", ICLR 2017; one period, no restarts).
    ///
    /// - Parameters:
    ///   - peak: The learning rate where the warm-up ends.
    ///   - warmup: The length of the warm-up in epochs.
    ///   - epochs: The length of training in epochs, warm-up included; the rate is 0 afterwards.
    /// - Returns: The schedule.
    public static func cosine(peak: Double, warmup: Double = 0, epochs: Double) -> Schedule {
        require(
            epochs > warmup,
            "a cosine schedule of \(epochs) epochs ends before its warm-up of \(warmup)")
        return Schedule(.cosine(peak: peak, epochs: epochs - warmup), warmup: warmup)
    }

    /// One rise to a high rate and a long fall below the first one (Smith and Topin,
    /// "Super-Convergence", 2018), both along half a cosine.
    ///
    /// - Parameters:
    ///   - peak: The highest learning rate.
    ///   - epochs: The length of training in epochs; the rate stays at its end afterwards.
    ///   - rise: The share of training in which the rate rises, between 0 and 1.
    ///   - startDivisor: The rate starts at `peak / startDivisor`.
    ///   - endDivisor: The rate ends at `peak / startDivisor / endDivisor`.
    /// - Returns: The schedule.
    public static func oneCycle(
        peak: Double, epochs: Double, rise: Double = 0.3, startDivisor: Double = 25,
        endDivisor: Double = 10_000
    ) -> Schedule {
        require(
            rise > 0 && rise < 1, "the rise of a one-cycle schedule is a share of it, not \(rise)")
        require(epochs > 0, "a one-cycle schedule lasts above 0 epochs, not \(epochs)")
        let start = peak / startDivisor
        return Schedule(
            .oneCycle(
                start: start, peak: peak, end: start / endDivisor, rise: rise, epochs: epochs))
    }
}

/// What follows the warm-up.
private enum Curve: Codable, Hashable, Sendable {
    case constant(rate: Double)
    case exponentialDecay(initial: Double, rate: Double, steps: Double)
    case step(initial: Double, factor: Double, epochs: Int)
    case cosine(peak: Double, epochs: Double)
    case oneCycle(start: Double, peak: Double, end: Double, rise: Double, epochs: Double)

    var start: Double { value(afterSteps: 0, perEpoch: 1) }

    func value(afterSteps steps: Double, perEpoch stepsPerEpoch: Double) -> Double {
        let epoch = steps / stepsPerEpoch
        switch self {
        case .constant(let rate):
            return rate
        case .exponentialDecay(let initial, let rate, let decaySteps):
            return initial * pow(rate, steps / decaySteps)
        case .step(let initial, let factor, let epochs):
            return initial * pow(factor, (epoch / Double(epochs)).rounded(.down))
        case .cosine(let peak, let epochs):
            return Curve.halfCosine(from: peak, to: 0, at: epoch / epochs)
        case .oneCycle(let start, let peak, let end, let rise, let epochs):
            let progress = epoch / epochs
            return progress < rise
                ? Curve.halfCosine(from: start, to: peak, at: progress / rise)
                : Curve.halfCosine(from: peak, to: end, at: (progress - rise) / (1 - rise))
        }
    }

    private static func halfCosine(from start: Double, to end: Double, at progress: Double)
        -> Double
    {
        end + (start - end) * (1 + cos(.pi * min(progress, 1))) / 2
    }
}
