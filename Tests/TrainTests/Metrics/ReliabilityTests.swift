import CNN
import Foundation
import Tensor
import Testing

@testable import Train

struct ReliabilityTests {
    /// Samples whose labels are drawn with the probabilities that their logits have at a
    /// temperature.
    private func drawn(_ count: Int, temperature: Double) -> Predictions {
        var source = RandomSource(seed: 5)
        var (rows, labels): ([[Float]], [Int]) = ([], [])
        for _ in 0..<count {
            let logits = (0..<4).map { _ in Float.random(in: -4...4, using: &source) }
            let weights = logits.map { exp(Double($0) / temperature) }
            var rest = Double.random(in: 0..<1, using: &source) * weights.reduce(0, +)
            let label = weights.firstIndex { weight in
                rest -= weight
                return rest < 0
            }
            rows.append(logits)
            labels.append(label ?? 3)
        }
        return predictions(rows, labels: labels)
    }

    /// Predictions of as many classes as a row is long.
    private func predictions(_ rows: [[Float]], labels: [Int]) -> Predictions {
        Predictions(
            classNames: (0..<(rows.first?.count ?? 2)).map { "class \($0)" }, name: "drawn",
            labels: labels.map(Int32.init), logits: rows.flatMap(\.self))
    }

    private func error(_ predictions: Predictions, temperature: Double = 1) -> Double {
        Reliability.error(of: predictions.confidences(temperature: temperature))
    }

    /// The mean cross-entropy by its definition.
    private func loss(_ samples: Predictions, temperature: Double) -> Double {
        let losses = samples.labels.enumerated().map { sample, label in
            let row = samples.logits[sample * 4..<(sample + 1) * 4].map { Double($0) / temperature }
            return log(row.map { exp($0) }.reduce(0, +)) - row[Int(label)]
        }
        return losses.reduce(0, +) / Double(losses.count)
    }

    @Test("the temperature of the labels is found, and no other has a smaller loss")
    func temperature() {
        for temperature in [0.5, 1, 2.5] {
            let samples = drawn(4000, temperature: temperature)
            let found = samples.bestTemperature
            #expect(abs(found / temperature - 1) < 0.1)
            let least = loss(samples, temperature: found)
            for other in [0.98, 1.02] {
                #expect(loss(samples, temperature: found * other) > least)
            }
            #expect(error(samples, temperature: found) < 0.03)
            for other in [0.3, 3] {
                #expect(error(samples, temperature: found * other) > 0.1)
            }
        }
    }

    @Test("the error is the distance between confidence and accuracy")
    func error() {
        #expect(error(predictions([], labels: [])) == 0)
        // Probabilities of 0.8 and 0.2: three right, one wrong, and none right of 0.5.
        let sure: [Float] = [Float(log(4.0)), 0]
        var rows = [sure, sure, sure, sure]
        #expect(abs(error(predictions(rows, labels: [0, 0, 0, 1])) - 0.05) < 1e-6)
        rows.append([0, 0])
        let mixed = predictions(rows, labels: [0, 0, 0, 1, 1])
        #expect(abs(error(mixed) - (4 * 0.05 + 0.5) / 5) < 1e-6)
        let filled = mixed.confidences(temperature: 1).filter { $0.count > 0 }
        #expect(filled.map(\.count) == [1, 4])
        #expect(filled.map(\.accuracy) == [0, 0.75])
        #expect(abs(filled[1].confidence - 0.8) < 1e-6)
    }

    @Test("there is an answer for any samples")
    func extremes() {
        #expect(predictions([], labels: []).bestTemperature == 1)
        var rows: [[Float]] = [[5, 0]]
        #expect(abs(predictions(rows, labels: [0]).bestTemperature - 0.1) < 1e-6)
        rows.append([-1000, 1000])
        #expect(abs(predictions(rows, labels: [0, 0]).bestTemperature - 10) < 1e-6)
        rows.append([.nan, .infinity])
        let broken = predictions(rows, labels: [0, 0, 0])
        #expect(Predictions.temperatures.contains(broken.bestTemperature))
        #expect(error(broken).isNaN)
    }

    @Test("each half is measured at the temperature of the other")
    func crossFitting() {
        // The half at even places wants a temperature of 2, that at odd places one of 0.5.
        let (even, odd) = (drawn(2000, temperature: 2), drawn(2000, temperature: 0.5))
        var (rows, labels): ([[Float]], [Int]) = ([], [])
        for sample in 0..<2000 {
            for half in [even, odd] {
                rows.append(Array(half.logits[sample * 4..<(sample + 1) * 4]))
                labels.append(Int(half.labels[sample]))
            }
        }
        let reliability = Reliability(predictions(rows, labels: labels), calibration: nil)
        let expected =
            (error(odd, temperature: even.bestTemperature)
                + error(even, temperature: odd.bestTemperature)) / 2
        #expect(abs(reliability.crossFittedError - expected) < 1e-9)
        #expect(expected > 0.1)
    }

    @Test("an evaluation tells what the network's calibration is worth")
    func evaluation() throws {
        var faces = SmallTraining.noise(60)
        faces.name = "noise"
        var network = try SmallTraining.network(dropout: 0)
        let plain = try #require(try network.evaluate(on: faces).reliability)
        #expect(plain.calibratedError == nil)
        #expect(plain.best.fittedOn == "noise")
        network.calibration = plain.best
        let calibrated = try #require(try network.evaluate(on: faces).reliability)
        #expect(calibrated.error == plain.error)
        #expect(calibrated.best == plain.best)
        #expect(calibrated.calibratedError != nil)
        #expect(calibrated.isMeasuredWhereFitted && !plain.isMeasuredWhereFitted)
        #expect(calibrated.description.hasSuffix("found on noise, the split measured"))
        faces.name = "other"
        let elsewhere = try #require(try network.evaluate(on: faces).reliability)
        #expect(!elsewhere.isMeasuredWhereFitted)
        #expect(elsewhere.description.hasSuffix("found on noise"))
    }

    @Test("a trained network carries the calibration and the accuracy of its validation")
    func training() throws {
        var validation = SmallTraining.noise(30, seed: 2)
        validation.name = "held out"
        var trainer = try SmallTraining.trainer()
        _ = try trainer.runEpoch(on: SmallTraining.noise(40), validating: validation)
        let calibration = try #require(trainer.network.calibration)
        #expect(calibration.fittedOn == "held out")
        #expect(calibration == trainer.lastEvaluation?.reliability?.best)
        let measured = try #require(trainer.network.measuredAccuracy)
        #expect(measured == trainer.lastEvaluation?.measuredAccuracy(on: "held out"))
        #expect(measured.count == 30)
        let (input, classes) = (trainer.network.inputShape, trainer.classCount)
        trainer.step(
            images: Tensor(zeros: Shape([1] + input.dimensions)),
            targets: Tensor(repeating: 1 / Float(classes), shape: [1, classes]))
        #expect(trainer.network.calibration == nil)
        #expect(trainer.network.measuredAccuracy == nil)
    }
}
