import Tensor

/// How often samples of each class were taken for each class: rows are the truth, columns the
/// predictions.
///
/// A ratio of 0 / 0, such as the precision of a class that was never predicted, is 0, as in
/// scikit-learn.
public struct ConfusionMatrix: Hashable, Codable, Sendable {
    /// The number of classes.
    public let classCount: Int
    private var counts: [Int]

    /// Creates a matrix without samples.
    public init(classCount: Int) {
        self.classCount = classCount
        counts = [Int](repeating: 0, count: classCount * classCount)
    }

    /// Creates a matrix of its rows.
    ///
    /// - Precondition: There are as many columns as rows.
    /// - Complexity: O(*n*²) in the number of classes.
    public init(rows: [[Int]]) {
        require(
            rows.allSatisfy { $0.count == rows.count },
            "a confusion matrix of \(rows.count) rows with \(rows.map(\.count)) columns")
        classCount = rows.count
        counts = rows.flatMap { $0 }
    }

    /// The number of samples of one class that were taken for another.
    public private(set) subscript(truth truth: Int, predicted predicted: Int) -> Int {
        get { counts[index(truth, predicted)] }
        set { counts[index(truth, predicted)] = newValue }
    }

    private func index(_ truth: Int, _ predicted: Int) -> Int {
        require(
            0..<classCount ~= truth && 0..<classCount ~= predicted,
            "truth \(truth), prediction \(predicted) in a confusion matrix of \(classCount) classes"
        )
        return truth * classCount + predicted
    }

    /// The counts, one array for each true class.
    ///
    /// - Complexity: O(*n*²) in the number of classes.
    public var rows: [[Int]] {
        (0..<classCount).map { truth in
            (0..<classCount).map { self[truth: truth, predicted: $0] }
        }
    }

    /// Counts one sample.
    public mutating func record(truth: Int, predicted: Int) {
        self[truth: truth, predicted: predicted] += 1
    }

    /// Adds the counts of another matrix.
    ///
    /// - Precondition: Both have the same number of classes.
    /// - Complexity: O(*n*²) in the number of classes.
    public mutating func merge(_ other: ConfusionMatrix) {
        require(
            classCount == other.classCount,
            "merging confusion matrices of \(classCount) and \(other.classCount) classes")
        for index in counts.indices { counts[index] += other.counts[index] }
    }
}

extension ConfusionMatrix {
    /// The number of samples.
    ///
    /// - Complexity: O(*n*²) in the number of classes.
    public var count: Int { counts.reduce(0, +) }

    /// The number of samples whose class was found.
    ///
    /// - Complexity: O(*n*) in the number of classes.
    public var correctCount: Int {
        (0..<classCount).reduce(0) { $0 + self[truth: $1, predicted: $1] }
    }

    /// The part of the samples whose class was found, 0...1.
    ///
    /// - Complexity: O(*n*²) in the number of classes.
    public var accuracy: Double { ratio(correctCount, count) }

    /// The number of samples of a class.
    ///
    /// - Complexity: O(*n*) in the number of classes.
    public func count(ofTruth truth: Int) -> Int {
        (0..<classCount).reduce(0) { $0 + self[truth: truth, predicted: $1] }
    }

    /// The number of samples that were taken for a class.
    ///
    /// - Complexity: O(*n*) in the number of classes.
    public func count(ofPredicted predicted: Int) -> Int {
        (0..<classCount).reduce(0) { $0 + self[truth: $1, predicted: predicted] }
    }

    /// The part of what was taken for a class that is of this class, 0...1.
    ///
    /// - Complexity: O(*n*) in the number of classes.
    public func precision(of label: Int) -> Double {
        ratio(self[truth: label, predicted: label], count(ofPredicted: label))
    }

    /// The part of the samples of a class that was found, 0...1.
    ///
    /// - Complexity: O(*n*) in the number of classes.
    public func recall(of label: Int) -> Double {
        ratio(self[truth: label, predicted: label], count(ofTruth: label))
    }

    /// The harmonic mean of the precision and the recall of a class, 0...1.
    ///
    /// - Complexity: O(*n*) in the number of classes.
    public func f1(of label: Int) -> Double {
        ratio(
            2 * self[truth: label, predicted: label],
            count(ofTruth: label) + count(ofPredicted: label))
    }

    /// The mean of the F1 of all classes that occur in the truth or in the predictions, 0...1.
    ///
    /// A class counts as much as any other, however few samples it has.
    ///
    /// - Complexity: O(*n*²) in the number of classes.
    public var macroF1: Double {
        let present = (0..<classCount).filter {
            count(ofTruth: $0) + count(ofPredicted: $0) > 0
        }
        guard !present.isEmpty else { return 0 }
        return present.reduce(0) { $0 + f1(of: $1) } / Double(present.count)
    }
}

private func ratio(_ part: Int, _ whole: Int) -> Double {
    whole == 0 ? 0 : Double(part) / Double(whole)
}
