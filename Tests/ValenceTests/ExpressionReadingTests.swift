import Imaging
import Testing
import Valence

struct ExpressionReadingTests {
    @Test func likeliest() {
        let reading = ExpressionReading(
            probabilities: [0.1, 0, 0.1, 0.45, 0.05, 0.3, 0], threshold: 0.4)
        #expect(reading.likeliest == .happy)
        #expect(reading.confidence == 0.45)
        #expect(reading.expression == .happy)
        #expect(reading[.sad] == 0.3)
    }

    @Test("below the threshold nothing is certain")
    func threshold() {
        var reading = ExpressionReading(
            probabilities: [0.3, 0.3, 0.1, 0.1, 0.1, 0.1, 0], threshold: 0.31)
        #expect(reading.likeliest == .angry)
        #expect(reading.expression == nil)
        reading.threshold = 0.3
        #expect(reading.expression == .angry)
    }
}
