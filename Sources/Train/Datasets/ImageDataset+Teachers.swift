import Kernels
import Tensor

extension ImageDataset {
    /// Lets a network learn what teachers say of each picture, besides its label.
    ///
    /// Knowledge distillation (Hinton, Vinyals and Dean, arXiv 1503.02531) with answers that are taken
    /// once, not anew for each augmented picture: where a label is doubtful, they say so. A trainer
    /// then counts as correct what agrees with the largest target, which may be the teachers'.
    ///
    /// - Parameters:
    ///   - predictions: What the teachers say of these pictures.
    ///   - share: How much that counts, 0...1; the label counts for the rest.
    /// - Precondition: The predictions are of as many pictures, in the same classes.
    public mutating func learn(from predictions: Predictions, share: Float) {
        require(
            predictions.labels == labels && predictions.classNames == classNames,
            "predictions of [\(predictions.labels.count), \(predictions.classCount)] are not of these "
                + "pictures, [\(count), \(classNames.count)]")
        require(0...1 ~= share, "teachers have a share of 0 to 1, not \(share)")
        let classes = classNames.count
        var targets = predictions.logits
        SoftmaxRows(classes: classes).forward(predictions.logits, rows: count, into: &targets)
        for index in targets.indices { targets[index] *= share }
        for (sample, label) in labels.enumerated() {
            targets[sample * classes + Int(label)] += 1 - share
        }
        setSoftTargets(targets)
    }
}
