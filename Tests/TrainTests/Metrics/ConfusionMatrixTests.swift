import Foundation
import Testing
import Train

@Suite struct ConfusionMatrixTests {
    // Truth 0: 5 right, 1 taken for 1. Truth 1: 2 taken for 0, 2 right. Class 2 never occurs.
    let matrix = ConfusionMatrix(rows: [[5, 1, 0], [2, 2, 0], [0, 0, 0]])

    @Test func countsAndAccuracy() {
        #expect(matrix.count == 10)
        #expect(matrix.correctCount == 7)
        #expect(matrix.accuracy == 0.7)
        #expect((0..<3).map(matrix.count(ofTruth:)) == [6, 4, 0])
        #expect((0..<3).map(matrix.count(ofPredicted:)) == [7, 3, 0])
    }

    @Test func figuresOfEachClass() {
        let precisions: [Double] = [5.0 / 7, 2.0 / 3, 0]
        let recalls: [Double] = [5.0 / 6, 0.5, 0]
        let scores: [Double] = [10.0 / 13, 4.0 / 7, 0]
        for label in 0..<3 {
            #expect(matrix.precision(of: label) == precisions[label])
            #expect(matrix.recall(of: label) == recalls[label])
            #expect(matrix.f1(of: label) == scores[label])
        }
    }

    @Test func f1IsTheHarmonicMean() {
        let precision = matrix.precision(of: 1)
        let recall = matrix.recall(of: 1)
        let mean = 2 * precision * recall / (precision + recall)
        #expect(abs(matrix.f1(of: 1) - mean) < 1e-12)
    }

    @Test func classesThatNeverOccurDoNotLowerTheMacroF1() {
        #expect(abs(matrix.macroF1 - (10.0 / 13 + 4.0 / 7) / 2) < 1e-12)
    }

    @Test func classThatIsOnlyPredictedLowersTheMacroF1() {
        let matrix = ConfusionMatrix(rows: [[3, 1], [0, 0]])
        #expect(abs(matrix.macroF1 - (6.0 / 7) / 2) < 1e-12)
    }

    @Test func ratiosOfNothingAreZero() {
        let empty = ConfusionMatrix(classCount: 2)
        #expect(empty.accuracy == 0)
        #expect(empty.precision(of: 0) == 0)
        #expect(empty.recall(of: 0) == 0)
        #expect(empty.f1(of: 0) == 0)
        #expect(empty.macroF1 == 0)
    }

    @Test func recordingCountsRowsAsTruth() {
        var matrix = ConfusionMatrix(classCount: 2)
        matrix.record(truth: 0, predicted: 1)
        matrix.record(truth: 0, predicted: 1)
        matrix.record(truth: 1, predicted: 1)
        #expect(matrix.rows == [[0, 2], [0, 1]])
        #expect(matrix[truth: 0, predicted: 1] == 2)
    }

    @Test func mergingAdds() {
        var sum = matrix
        sum.merge(ConfusionMatrix(rows: [[1, 0, 0], [0, 0, 3], [0, 0, 9]]))
        #expect(sum.rows == [[6, 1, 0], [2, 2, 3], [0, 0, 9]])
    }

    @Test func survivesCoding() throws {
        let bytes = try JSONEncoder().encode(matrix)
        #expect(try JSONDecoder().decode(ConfusionMatrix.self, from: bytes) == matrix)
    }
}
