import Testing
import Train

@Suite struct EpochReportTests {
    @Test func lineWithValidation() {
        let report = EpochReport(
            epoch: 3, epochCount: 30, loss: 1.5119, accuracy: 0.411, count: 28_709,
            validationLoss: 1.45, validationAccuracy: 0.444, validationCount: 3_589,
            learningRate: 1e-4, imagesPerSecond: 301.6, seconds: 95)
        #expect(
            report.description
                == "epoch  3/30  loss 1.512  accuracy 0.411 ± 0.003  "
                + "validation loss 1.450  accuracy 0.444 ± 0.008  302 images/s")
    }

    @Test func lineWithoutValidation() {
        let report = EpochReport(
            epoch: 12, epochCount: 12, loss: .nan, accuracy: 0.5, count: 100, learningRate: 1,
            imagesPerSecond: 5, seconds: 20)
        #expect(
            report.description == "epoch 12/12  loss nan  accuracy 0.500 ± 0.050  5 images/s")
        #expect(report.validationStandardError == nil)
    }
}
