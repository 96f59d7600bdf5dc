import Foundation

extension Predictions {
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
            for index in 0..<classCount {
                let logit = Double(logits[sample * classCount + index])
                sum += probabilities[index] * logit
            }
            sum -= Double(logits[sample * classCount + Int(labels[sample])])
        }
        return sum
    }

    /// How sure the network is, and how often it is right, in bins of probability of one width.
    func confidences(temperature: Double, bins: Int = 15) -> [Reliability.Bin] {
        var sums = [Reliability.Bin](repeating: Reliability.Bin(), count: bins)
        forEachSample(temperature: temperature) { sample, probabilities in
            var winner = 0
            for index in 1..<max(classCount, 1) where probabilities[index] > probabilities[winner] {
                winner = index
            }
            let confidence = probabilities[winner]
            // A network that diverged is sure of nothing.
            let bin = min(Int(confidence.isNaN ? 0 : confidence * Double(bins)), bins - 1)
            sums[bin].count += 1
            sums[bin].confidence += confidence
            sums[bin].accuracy += winner == Int(labels[sample]) ? 1 : 0
        }
        return sums.map { sum in
            var mean = sum
            mean.confidence /= Double(max(sum.count, 1))
            mean.accuracy /= Double(max(sum.count, 1))
            return mean
        }
    }

    /// Calls `body` with each sample and the probabilities of its classes.
    private func forEachSample(
        temperature: Double, _ body: (Int, UnsafeMutableBufferPointer<Double>) -> Void
    ) {
        withUnsafeTemporaryAllocation(of: Double.self, capacity: classCount) { probabilities in
            for sample in labels.indices {
                let row = logits[sample * classCount..<(sample + 1) * classCount]
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
