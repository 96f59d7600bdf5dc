import Kernels
public import Tensor

/// The cross-entropy between the softmax of a network's output and what it should be.
///
/// The loss of a sample is `-Σ t log softmax(x)`; that of a batch is the mean over its samples,
/// also where classes are weighted, as in Keras.
public struct SoftmaxCrossEntropy: Hashable, Codable, Sendable {
    /// The share of each target that is spread over all classes (Szegedy et al., arXiv 1512.00567).
    public var labelSmoothing: Float
    /// What the loss of a sample of each class is multiplied by; nil weighs all alike.
    public var classWeights: [Float]?

    /// Describes a loss.
    ///
    /// - Precondition: `labelSmoothing` is 0 or more and below 1.
    public init(labelSmoothing: Float = 0, classWeights: [Float]? = nil) {
        require(
            labelSmoothing >= 0 && labelSmoothing < 1,
            "label smoothing is in 0..<1, not \(labelSmoothing)")
        self.labelSmoothing = labelSmoothing
        self.classWeights = classWeights
    }

    /// What a batch came to.
    public struct Result: Hashable, Codable, Sendable {
        /// The sum of the samples' losses.
        public var loss = 0.0
        /// How many samples have their largest output where their largest target is.
        public var correct = 0
        /// The number of samples.
        public var count = 0

        /// What no sample came to.
        public init() {}

        /// The mean loss of a sample.
        public var meanLoss: Double { loss / Double(max(count, 1)) }
        /// The share of samples that are correct.
        public var accuracy: Double { Double(correct) / Double(max(count, 1)) }

        /// Adds what another batch came to.
        public static func += (total: inout Result, batch: Result) {
            total.loss += batch.loss
            total.correct += batch.correct
            total.count += batch.count
        }
    }

    /// Computes the loss of a batch, and its gradient by the logits.
    ///
    /// - Parameters:
    ///   - logits: The network's output before softmax, `[batch, classes]`.
    ///   - targets: How much of each class a sample is, `[batch, classes]`; rows sum to 1.
    /// - Returns: The result, and the gradient of the mean loss, `[batch, classes]`.
    /// - Precondition: Both have the same shape.
    public func callAsFunction(
        logits: Tensor, targets: Tensor
    ) -> (result: Result, gradient: Tensor) {
        require(
            logits.rank == 2 && logits.shape == targets.shape,
            "logits of \(logits.shape) need targets of the same shape, not \(targets.shape)")
        let classes = logits.shape[1]
        var gradient = Tensor(zeros: logits.shape)
        let result = logits.withUnsafeElements { logits in
            targets.withUnsafeElements { targets in
                gradient.withUnsafeMutableElements { gradient in
                    evaluate(
                        logits: logits, targets: targets, classes: classes,
                        gradient: gradient.baseAddress)
                }
            }
        }
        return (result, gradient)
    }

    /// Computes the loss of a batch, and its gradient by the logits where one is asked for.
    ///
    /// Logits, targets and gradient are `[batch, classes]`; the gradient is that of the mean loss.
    package func evaluate(
        logits: UnsafeBufferPointer<Float>, targets: UnsafeBufferPointer<Float>, classes: Int,
        gradient: UnsafeMutablePointer<Float>?
    ) -> Result {
        require(
            classWeights == nil || classWeights?.count == classes,
            "\(classWeights?.count ?? 0) class weights for \(classes) classes")
        var result = Result()
        guard let logits = logits.baseAddress, let start = targets.baseAddress, classes > 0 else {
            return result
        }
        result.count = targets.count / classes
        let softmax = SoftmaxRows(classes: classes)
        withUnsafeTemporaryAllocation(of: Float.self, capacity: classes) { smoothed in
            guard let row = smoothed.baseAddress else { return }
            for sample in 0..<result.count {
                let logits = logits + sample * classes
                let targets = start + sample * classes
                prepare(targets, classes: classes, into: row)
                result.loss += softmax.crossEntropy(
                    logits, targets: row, gradient: gradient.map { $0 + sample * classes },
                    scale: 1 / Float(result.count))
                if softmax.winner(logits) == softmax.winner(targets) { result.correct += 1 }
            }
        }
        return result
    }

    /// Writes the smoothed and weighted targets of one sample.
    private func prepare(
        _ targets: UnsafePointer<Float>, classes: Int, into row: UnsafeMutablePointer<Float>
    ) {
        var weight: Float = 1
        if let classWeights {
            weight = 0
            for index in 0..<classes { weight += targets[index] * classWeights[index] }
        }
        for index in 0..<classes {
            let smoothed = targets[index] * (1 - labelSmoothing) + labelSmoothing / Float(classes)
            row[index] = weight * smoothed
        }
    }
}
