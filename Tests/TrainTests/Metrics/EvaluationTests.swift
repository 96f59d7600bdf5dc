import CNN
import Testing

@testable import Train

@Suite struct EvaluationTests {
    let evaluation = Evaluation(
        loss: 0.98765, confusion: ConfusionMatrix(rows: [[50, 10], [30, 10]]),
        classNames: ["happy", "sad"])

    @Test func figures() {
        #expect(evaluation.count == 100)
        #expect(evaluation.accuracy == 0.6)
        #expect(abs(evaluation.standardError - (0.24 / 100).squareRoot()) < 1e-12)
    }

    @Test func reliability() {
        var evaluation = evaluation
        let predictions = Predictions(
            classNames: ["happy", "sad"], name: "faces", labels: [1], logits: [0, 0])
        let calibration = Calibration(temperature: 1.5, fittedOn: "PublicTest")
        evaluation.reliability = Reliability(predictions, calibration: calibration)
        let line =
            "calibration error 0.500; 0.250 at temperatures found on the other half; 0.500 at the "
            + "temperature 1.50 found on PublicTest"
        #expect(evaluation.description.contains("100 images\n\(line)\n\nclass"))
    }

    @Test func description() {
        #expect(
            evaluation.description == """
                loss 0.988  accuracy 0.600 ± 0.049  macro-F1 0.524  100 images

                class  precision  recall     F1  images
                happy      0.625   0.833  0.714      60
                sad        0.500   0.250  0.333      40

                truth \\ predicted  happy  sad
                happy                 50   10
                sad                   30   10
                """)
    }
}
