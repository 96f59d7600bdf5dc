import CNN
import Testing

@testable import Train

struct ReliabilityFigureTests {
    private let predictions = Predictions(
        classNames: ["a", "b"], name: "drawn", labels: [0, 1, 1], logits: [2, 0, 0, 1, 1, 0])

    private func bars(_ figure: Figure) -> Int {
        figure.elements.count {
            if case .rectangle(_, fill: Theme.training) = $0 { true } else { false }
        }
    }

    @Test func drawsABarForEachRangeWithSamples() {
        let reliability = Reliability(predictions, calibration: nil)
        let figure = Figure.reliability(of: reliability, title: "Reliability")
        #expect(bars(figure) == reliability.bins.count { $0.count > 0 })
        #expect(bars(figure) == 2)
        #expect(figure.svg.contains("error \(reliability.error.fixed(3))"))
    }

    @Test func drawsACalibrationBesideIt() {
        let calibration = Calibration(temperature: 2.5, fittedOn: "elsewhere")
        let reliability = Reliability(predictions, calibration: calibration)
        let figure = Figure.reliability(of: reliability, title: "Reliability")
        #expect(bars(figure) > 2)
        #expect(figure.svg.contains("temperature 2.50"))
    }
}
