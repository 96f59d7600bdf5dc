import Foundation

/// What a network says about samples whose classes are known.
struct LabeledLogits {
    /// The number of classes.
    let classes: Int
    /// `[count, classes]`.
    private(set) var logits: [Float] = []
    /// `[count]`.
    private(set) var labels: [Int] = []

    init(classes: Int) {
        self.classes = classes
    }

    mutating func append(_ logits: UnsafePointer<Float>, label: Int) {
        self.logits.append(contentsOf: UnsafeBufferPointer(start: logits, count: classes))
        labels.append(label)
    }

    /// The temperatures that `bestTemperature` may be; the ends are for samples that are all right,
    /// and for those that have nothing to do with their labels.
    static let temperatures = 0.1...10.0

    /// The temperature at which the mean cross-entropy is least; 1 without samples.
    ///
    /// The cross-entropy is convex in 1 / temperature, and `excess` is its derivative by that.
    var bestTemperature: Double {
        guard !labels.isEmpty else { return 1 }
        var (low, high) = (log(Self.temperatures.lowerBound), log(Self.temperatures.upperBound))
        // Halved 30 times, the range is narrower than a float can tell.
        for _ in 0..<30 {
            let middle = (low + high) / 2
            if excess(temperature: exp(middle)) > 0 { low = middle } else { high = middle }
        }
        return exp((low + high) / 2)
    }

    /// The sum over all samples of the logit that the probabilities let expect, less that of the
    /// label: above 0 where the network is too sure of itself.
    private func excess(temperature: Double) -> Double {
        var sum = 0.0
        forEachSample(temperature: temperature) { sample, probabilities in
            for index in 0..<classes {
                let logit = Double(logits[sample * classes + index])
                sum += probabilities[index] * logit
            }
            sum -= Double(logits[sample * classes + labels[sample]])
        }
        return sum
    }

    /// The mean distance between how sure the network is and how often it is right, over ranges of
    /// probability; 0 without samples.
    func calibrationError(temperature: Double, ranges: Int = 15) -> Double {
        var confidences = [Double](repeating: 0, count: ranges)
        var correct = [Double](repeating: 0, count: ranges)
        forEachSample(temperature: temperature) { sample, probabilities in
            var winner = 0
            for index in 1..<max(classes, 1) where probabilities[index] > probabilities[winner] {
                winner = index
            }
            let confidence = probabilities[winner]
            // A network that diverged is sure of nothing.
            let range = min(Int(confidence.isNaN ? 0 : confidence * Double(ranges)), ranges - 1)
            confidences[range] += confidence
            correct[range] += winner == labels[sample] ? 1 : 0
        }
        let distances = zip(confidences, correct).map { abs($0 - $1) }
        return distances.reduce(0, +) / Double(max(labels.count, 1))
    }

    /// Calls `body` with each sample and the probabilities of its classes.
    private func forEachSample(
        temperature: Double, _ body: (Int, UnsafeMutableBufferPointer<Double>) -> Void
    ) {
        withUnsafeTemporaryAllocation(of: Double.self, capacity: classes) { probabilities in
            for sample in labels.indices {
                let row = logits[sample * classes..<(sample + 1) * classes]
                let largest = Double(row.max() ?? 0)
                var sum = 0.0
                for (index, logit) in row.enumerated() {
                    probabilities[index] = exp((Double(logit) - largest) / temperature)
                    sum += probabilities[index]
                }
                for index in probabilities.indices { probabilities[index] /= sum }
                body(sample, probabilities)
            }
        }
    }
}
