import Foundation
import Tensor

@testable import Train

/// The bytes of a file in `Reference`.
func referenceData(_ name: String) throws -> Data {
    let url = Bundle.module.url(
        forResource: name, withExtension: "json", subdirectory: "Reference")
    guard let url else { throw CocoaError(.fileNoSuchFile) }
    return try Data(contentsOf: url)
}

/// Numbers in -1..<1.
func samples(_ count: Int, seed: UInt64) -> [Float] {
    var source = RandomSource(seed: seed)
    return (0..<count).map { _ in Float.random(in: -1..<1, using: &source) }
}

/// A few parameters with their moments, and memory behind them that nobody may write.
final class Training {
    static let untouched: Float = -77

    private let optimizer: any Optimizer
    private let count: Int
    private let memory: UnsafeMutableBufferPointer<Float>
    private var steps = 0

    init(_ parameters: [Float], _ optimizer: any Optimizer) {
        self.optimizer = optimizer
        count = parameters.count
        memory = .allocate(capacity: count * (2 + optimizer.momentCount) + 2)
        memory.initialize(repeating: 0)
        _ = memory[0..<count].update(fromContentsOf: parameters)
        memory[count] = Self.untouched
        memory[memory.count - 1] = Self.untouched
    }

    deinit {
        memory.deallocate()
    }

    var parameters: [Float] { Array(memory[0..<count]) }

    /// What stands behind the parameters and behind the moments.
    var guards: [Float] { [memory[count], memory[memory.count - 1]] }

    /// Takes one step, each of the runs between two cuts by itself.
    func step(
        _ gradients: [Float], rate: Float, scale: Float = 1, clipping: GradientClipping = .none,
        decays: Bool = true, cuts: [Int]? = nil
    ) {
        steps += 1
        let own = UnsafeMutableBufferPointer(rebasing: memory[(count + 1)..<(2 * count + 1)])
        _ = own.update(fromContentsOf: gradients)
        let factor = clipping.limit(own)
        let cuts = cuts ?? [0, count]
        for (lower, upper) in zip(cuts, cuts.dropFirst()) {
            optimizer.apply(
                ParameterUpdate(
                    step: steps, learningRate: rate, gradientScale: scale * factor, decays: decays,
                    parameters: UnsafeMutableBufferPointer(rebasing: memory[lower..<upper]),
                    gradients: UnsafeBufferPointer(rebasing: own[lower..<upper]),
                    moments: memory.baseAddress.map { $0 + 2 * count + 1 + lower },
                    momentStride: count))
        }
    }
}

/// The optimizers, slowly and in Double.
struct DoubleOracle {
    private(set) var parameters: [Double]
    private let optimizer: any Optimizer
    private var first: [Double]
    private var second: [Double]
    private var steps = 0.0

    init(_ parameters: [Float], _ optimizer: any Optimizer) {
        self.parameters = parameters.map(Double.init)
        self.optimizer = optimizer
        first = parameters.map { _ in 0 }
        second = first
    }

    mutating func step(_ gradients: [Float], rate: Double, scale: Double, decays: Bool = true) {
        steps += 1
        for index in parameters.indices {
            let gradient = Double(gradients[index]) * scale
            switch optimizer {
            case let sgd as SGD:
                descend(index, gradient, rate, sgd, decays: decays)
            case let adam as Adam:
                adapt(index, gradient, rate, adam)
            case let adamW as AdamW:
                if decays { parameters[index] -= rate * adamW.weightDecay * parameters[index] }
                adapt(index, gradient, rate, adamW.adam)
            default:
                parameters[index] = .nan
            }
        }
    }

    private mutating func descend(
        _ index: Int, _ gradient: Double, _ rate: Double, _ sgd: SGD, decays: Bool
    ) {
        let gradient = gradient + (decays ? sgd.weightDecay * parameters[index] : 0)
        first[index] = sgd.momentum * first[index] - rate * gradient
        parameters[index] +=
            sgd.nesterov ? sgd.momentum * first[index] - rate * gradient : first[index]
    }

    /// The paper's Algorithm 1 in its second form, with epsilon hat.
    private mutating func adapt(_ index: Int, _ gradient: Double, _ rate: Double, _ adam: Adam) {
        first[index] = adam.beta1 * first[index] + (1 - adam.beta1) * gradient
        second[index] = adam.beta2 * second[index] + (1 - adam.beta2) * gradient * gradient
        let rate = rate * sqrt(1 - pow(adam.beta2, steps)) / (1 - pow(adam.beta1, steps))
        parameters[index] -= rate * first[index] / (sqrt(second[index]) + adam.epsilon)
    }
}
