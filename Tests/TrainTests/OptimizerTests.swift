import Foundation
import Testing

@testable import Train

@Suite("Optimizers")
struct OptimizerTests {
    /// Ten steps of Keras; `Reference/optimizers.py` made them.
    struct Reference: Decodable {
        struct Decay: Decodable {
            var rate: Double
            var steps: Double
        }
        var learningRate: Double
        var decay: Decay
        var initial: [Float]
        var gradients: [[Float]]
        var trajectories: [String: [[Double]]]
        var steps: [Int]
        var rates: [String: [Double]]

        static func load() throws -> Reference {
            try JSONDecoder().decode(Reference.self, from: referenceData("optimizers"))
        }
    }

    struct Golden: Sendable, CustomTestStringConvertible {
        var name: String
        var optimizer: any Optimizer
        var clipping = GradientClipping.none
        var decays = true
        var testDescription: String { name }
    }

    static let golden = [
        Golden(name: "sgd", optimizer: SGD()),
        Golden(name: "momentum", optimizer: SGD(momentum: 0.9)),
        Golden(name: "nesterov", optimizer: SGD(momentum: 0.9, nesterov: true)),
        Golden(name: "adam", optimizer: Adam()),
        Golden(name: "adamW", optimizer: AdamW(weightDecay: 0.1)),
        Golden(
            name: "adamW without decay", optimizer: AdamW(weightDecay: 0.1), decays: false),
        Golden(
            name: "adam clipped by value", optimizer: Adam(), clipping: .value(limit: 0.5)),
        Golden(
            name: "momentum clipped by norm", optimizer: SGD(momentum: 0.9),
            clipping: .norm(limit: 1.5)),
    ]

    @Test("ten steps are those of Keras", arguments: golden)
    func trajectory(golden: Golden) throws {
        let reference = try Reference.load()
        let expected = try #require(reference.trajectories[golden.name])
        let schedule = Schedule.exponentialDecay(
            initial: reference.learningRate, rate: reference.decay.rate,
            steps: reference.decay.steps)
        let training = Training(reference.initial, golden.optimizer)
        for (index, gradients) in reference.gradients.enumerated() {
            training.step(
                gradients, rate: schedule.learningRate(afterSteps: index, stepsPerEpoch: 1),
                clipping: golden.clipping, decays: golden.decays)
            // Keras rounds beta2 to float32, which makes its steps smaller by 6e-6.
            let tolerance = 3e-7 + 1e-5 * reference.learningRate * Double(index + 1)
            for (parameter, keras) in zip(training.parameters, expected[index]) {
                #expect(abs(Double(parameter) - keras) < tolerance, "step \(index + 1)")
            }
        }
    }

    @Test(
        "any length agrees with the formula in Double",
        arguments: golden.prefix(5), [1, 2, 7, 8, 9, 15, 16, 17, 33])
    func lengths(golden: Golden, count: Int) {
        let training = Training(samples(count, seed: 1), golden.optimizer)
        var oracle = DoubleOracle(training.parameters, golden.optimizer)
        for step in 1...4 {
            let gradients = samples(count, seed: UInt64(step + 1))
            training.step(gradients, rate: 0.01, scale: 0.75)
            oracle.step(gradients, rate: 0.01, scale: 0.75)
        }
        for (parameter, precise) in zip(training.parameters, oracle.parameters) {
            #expect(abs(Double(parameter) - precise) < 1e-6)
        }
        #expect(
            training.guards == [Training.untouched, Training.untouched],
            "wrote outside of its range")
    }

    @Test("weight decay of SGD joins the gradient", arguments: [0, 0.9], [false, true])
    func coupledDecay(momentum: Double, decays: Bool) {
        let optimizer = SGD(momentum: momentum, weightDecay: 0.2)
        let training = Training(samples(13, seed: 3), optimizer)
        var oracle = DoubleOracle(training.parameters, optimizer)
        for step in 1...3 {
            let gradients = samples(13, seed: UInt64(step + 5))
            training.step(gradients, rate: 0.1, scale: 0.5, decays: decays)
            oracle.step(gradients, rate: 0.1, scale: 0.5, decays: decays)
        }
        for (parameter, precise) in zip(training.parameters, oracle.parameters) {
            #expect(abs(Double(parameter) - precise) < 1e-6)
        }
    }

    @Test("parameters that are spared do not decay", arguments: golden.prefix(5))
    func spared(golden: Golden) {
        let initial = samples(13, seed: 1)
        let still = [Float](repeating: 0, count: 13)
        let training = Training(initial, golden.optimizer)
        training.step(still, rate: 0.5, decays: false)
        #expect(training.parameters == initial)
    }

    @Test("dividing the parameters changes no bit", arguments: golden.prefix(5))
    func division(golden: Golden) {
        let initial = samples(29, seed: 4)
        let gradients = samples(29, seed: 5)
        let whole = Training(initial, golden.optimizer)
        let divided = Training(initial, golden.optimizer)
        for _ in 1...3 {
            whole.step(gradients, rate: 0.01)
            divided.step(gradients, rate: 0.01, cuts: [0, 5, 16, 29])
        }
        #expect(whole.parameters == divided.parameters)
    }

    @Test("a gradient that is not finite shows in the parameters", arguments: golden.prefix(5))
    func notFinite(golden: Golden) {
        let training = Training([1, 2, 3], golden.optimizer)
        training.step([0, .nan, 0], rate: 0.1)
        #expect(training.parameters[1].isNaN)
        #expect(training.parameters[0].isFinite && training.parameters[2].isFinite)
    }

    @Test("hyperparameters survive JSON")
    func coding() throws {
        let sgd = SGD(momentum: 0.9, nesterov: true, weightDecay: 1e-4)
        let adamW = AdamW(beta2: 0.99, weightDecay: 0.05)
        #expect(try JSONDecoder().decode(SGD.self, from: JSONEncoder().encode(sgd)) == sgd)
        #expect(try JSONDecoder().decode(AdamW.self, from: JSONEncoder().encode(adamW)) == adamW)
    }
}
