import Imaging
import Testing

@testable import Train

@Suite struct LearningCurvesTests {
    let history = History(training: [0.2, 0.4, 0.5], validation: [0.3, 0.45, 0.4])

    @Test func titleLegendAndAxesAreNamed() {
        let texts = Figure.learningCurves(of: history, title: "My run").texts
        for text in [
            "My run", "Loss", "Accuracy", "training", "validation", "epoch", "best: epoch 2, 0.450",
            "best accuracy: epoch 2",
        ] {
            #expect(texts.contains(text), "\(text)")
        }
    }

    @Test func withoutValidationThereIsOneCurve() {
        let texts = Figure.learningCurves(of: History(training: [0.2]), title: "").texts
        #expect(texts.contains("training"))
        #expect(!texts.contains("validation"))
    }

    @Test func bothCurvesAreInThePixels() {
        let image = Figure.learningCurves(of: history, title: "").image(scale: 1)
        #expect(image.count(of: Theme.training) > 100)
        #expect(image.count(of: Theme.validation) > 100)
    }

    @Test func higherAccuracyLiesHigher() {
        let figure = Figure.learningCurves(of: history, title: "")
        let curves = figure.elements.compactMap { element -> [Point]? in
            guard case .line(let points, Theme.training, _, _) = element, points.count == 3 else {
                return nil
            }
            return points
        }
        #expect(curves.count == 2)
        // The loss falls, the accuracy rises; `y` grows downward.
        #expect(curves[0][0].y < curves[0][2].y)
        #expect(curves[1][0].y > curves[1][2].y)
        #expect(curves[1][0].x < curves[1][1].x)
    }

    @Test func whatIsNotANumberLeavesAGap() {
        let history = History(training: [0.2, 0.3, .nan, 0.5, 0.6])
        let figure = Figure.learningCurves(of: history, title: "")
        let runs = figure.elements.compactMap { element -> Int? in
            guard case .line(let points, Theme.training, 2.25, _) = element else { return nil }
            return points.count
        }
        #expect(runs == [5, 2, 2])
    }
}

extension Image {
    /// The number of pixels of a color.
    func count(of color: Color) -> Int {
        stride(from: 0, to: samples.count, by: 3).count {
            samples[$0] == color.red && samples[$0 + 1] == color.green
                && samples[$0 + 2] == color.blue
        }
    }
}
