public import ArgumentParser
import Tensor
public import Train

/// What FER-2013's pictures to evaluate on after every epoch are.
enum ValidationChoice: String, ExpressibleByArgument, CaseIterable {
    case `public`, test
}

extension Recipe: ExpressibleByArgument {}

/// A part of a data set that can be named.
enum SplitChoice: String, ExpressibleByArgument, CaseIterable {
    case training, validation, `public`, `private`, test
}

/// An augmentation preset.
enum AugmentationChoice: String, ExpressibleByArgument, CaseIterable {
    case none, light, strong

    var augmentation: Augmentation {
        switch self {
        case .none: .none
        case .light: .light
        case .strong: .strong
        }
    }
}

/// An optimizer with its usual settings.
enum OptimizerName: String, ExpressibleByArgument, CaseIterable {
    case sgd, nesterov, adam, adamw

    var choice: OptimizerChoice {
        switch self {
        case .sgd: .sgd(SGD(momentum: 0.9))
        case .nesterov: .sgd(SGD(momentum: 0.9, nesterov: true))
        case .adam: .adam(Adam())
        case .adamw: .adamW(AdamW())
        }
    }

    /// The learning rate that is usual with the optimizer.
    var usualRate: Double {
        switch self {
        case .sgd, .nesterov: 0.01
        case .adam: 1e-4
        case .adamw: 1e-3
        }
    }
}

/// The course of the learning rate.
enum ScheduleName: String, ExpressibleByArgument, CaseIterable {
    case constant, exponential, step, cosine
    case oneCycle = "one-cycle"

    func schedule(rate: Double, epochs: Int) -> Schedule {
        switch self {
        case .constant: .constant(rate)
        case .exponential: .exponentialDecay(initial: rate, rate: 0.96, steps: 100_000)
        case .step: .step(initial: rate, everyEpochs: max(1, epochs / 3))
        case .cosine:
            .cosine(peak: rate, warmup: min(2, Double(epochs) / 5), epochs: Double(epochs))
        case .oneCycle: .oneCycle(peak: rate, epochs: Double(epochs))
        }
    }
}

/// The size of a picture: `48x48x1`.
struct PictureSize: ExpressibleByArgument {
    /// `[height, width, channels]`.
    let shape: Shape

    init?(argument: String) {
        let numbers = argument.split(separator: "x", omittingEmptySubsequences: false)
            .map { Int($0) ?? 0 }
        guard numbers.count == 3, [1, 3].contains(numbers[2]),
            numbers[...1].allSatisfy(ModelChoice.sides.contains)
        else { return nil }
        shape = Shape(numbers)
    }
}
