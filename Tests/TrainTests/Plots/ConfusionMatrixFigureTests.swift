import Imaging
import Testing

@testable import Train

@Suite struct ConfusionMatrixFigureTests {
    let figure = Figure.confusionMatrix(
        of: Evaluation(
            loss: 1, confusion: ConfusionMatrix(rows: [[30, 10], [0, 60]]),
            classNames: ["happy", "sad"]),
        title: "My run")

    @Test func countsPercentagesAndNames() {
        for text in [
            "My run", "30", "10", "60", "75.0 %", "25.0 %", "100.0 %", "true", "predicted",
        ] {
            #expect(figure.texts.contains(text), "\(text)")
        }
        #expect(figure.texts.count { $0 == "happy" } == 2)
        #expect(figure.texts.contains("accuracy 0.900 ± 0.030, macro-F1 0.890, 100 images"))
    }

    @Test func percentagesAreOfTheTrueClass() {
        #expect(!figure.texts.contains("85.7 %"))
    }

    @Test func colorIsThePartOfTheRow() {
        let image = figure.image(scale: 1)
        // 60 of 60 is the hottest color, 0 of 60 the coldest.
        #expect(image.count(of: Theme.hot) > 2_000)
        #expect(image.count(of: Theme.cold) > 2_000)
        let quarter = Theme.cold.mixed(with: Theme.hot, fraction: 0.25)
        #expect(image.count(of: quarter) > 2_000)
    }

    @Test func classWithoutImagesHasNoPercentage() {
        let figure = Figure.confusionMatrix(
            of: Evaluation(
                loss: 1, confusion: ConfusionMatrix(rows: [[4, 0], [0, 0]]), classNames: ["a", "b"]),
            title: "")
        #expect(figure.texts.count { $0.hasSuffix(".0 %") } == 2)
    }

    @Test func longNamesAreCut() {
        let figure = Figure.confusionMatrix(
            of: Evaluation(
                loss: 1, confusion: ConfusionMatrix(rows: [[1]]),
                classNames: ["a very long name of a class"]), title: "")
        #expect(figure.texts.contains("a very long name o.."))
    }
}
