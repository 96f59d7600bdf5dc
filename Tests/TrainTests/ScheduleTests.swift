import Foundation
import Testing

@testable import Train

@Suite("Schedules")
struct ScheduleTests {
    static let keras: [(String, Schedule)] = [
        ("exponentialDecay", .exponentialDecay(initial: 1e-4, rate: 0.96, steps: 100_000)),
        ("step", .step(initial: 0.1, factor: 0.5, everyEpochs: 10)),
        ("cosine", .cosine(peak: 1e-3, epochs: 50)),
        ("cosine with warm-up", .cosine(peak: 1e-3, warmup: 2, epochs: 50)),
    ]

    @Test("rates are those of Keras, with epochs of 100 steps", arguments: keras)
    func rates(name: String, schedule: Schedule) throws {
        let reference = try OptimizerTests.Reference.load()
        let rates = try #require(reference.rates[name])
        let peak = try #require(rates.max())
        for (step, expected) in zip(reference.steps, rates) {
            let rate = schedule.learningRate(afterSteps: step, stepsPerEpoch: 100)
            #expect(abs(Double(rate) - expected) < 1e-6 * peak, "after \(step) steps")
        }
    }

    @Test("one cycle rises, falls below its start, and stays there")
    func oneCycle() {
        let schedule = Schedule.oneCycle(peak: 1, epochs: 10)
        let rates = [0, 15, 30, 65, 100, 200].map {
            Double(schedule.learningRate(afterSteps: $0, stepsPerEpoch: 10))
        }
        let start = 0.04
        let end = 0.04 / 10_000
        let expected = [start, (start + 1) / 2, 1, (1 + end) / 2, end, end]
        for (rate, value) in zip(rates, expected) {
            #expect(abs(rate - value) < 1e-7)
        }
    }

    @Test(
        "a warm-up is linear and ends where the curve begins",
        arguments: [
            Schedule.constant(0.5, warmup: 4),
            .exponentialDecay(initial: 0.5, rate: 0.1, steps: 10, warmup: 4),
            .step(initial: 0.5, everyEpochs: 1, warmup: 4),
            .cosine(peak: 0.5, warmup: 4, epochs: 20),
        ])
    func warmup(schedule: Schedule) {
        let rates = (0...12).map { schedule.learningRate(afterSteps: $0, stepsPerEpoch: 3) }
        for (step, rate) in rates.enumerated() {
            #expect(abs(rate - 0.5 * Float(step) / 12) < 1e-7)
        }
    }

    @Test("a constant rate stays")
    func constant() {
        let schedule = Schedule.constant(0.25)
        #expect(schedule.learningRate(afterSteps: 0, stepsPerEpoch: 7) == 0.25)
        #expect(schedule.learningRate(afterSteps: 1_000_000, stepsPerEpoch: 7) == 0.25)
    }

    @Test("a schedule survives JSON", arguments: keras)
    func coding(name: String, schedule: Schedule) throws {
        let data = try JSONEncoder().encode(schedule)
        #expect(try JSONDecoder().decode(Schedule.self, from: data) == schedule)
    }
}
