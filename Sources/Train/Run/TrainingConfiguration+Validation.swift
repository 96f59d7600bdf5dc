import CNN

extension TrainingConfiguration {
    /// What is wrong with a configuration that came from a file, in a few words; nil if nothing is.
    ///
    /// Initializers trap on such values, but decoding does not go through them.
    var problem: String? {
        let checks: [(Bool, String)] = [
            (epochs >= 1, "epochs"),
            (1...(1 << 16) ~= batchSize, "batchSize"),
            (patience ?? 1 >= 1, "patience"),
            (checkpointInterval >= 1, "checkpointInterval"),
            (1...256 ~= threads, "threads"),
            (0..<1 ~= loss.labelSmoothing, "loss.labelSmoothing"),
            (loss.classWeights?.allSatisfy { $0 >= 0 && $0.isFinite } ?? true, "loss.classWeights"),
            (0..<1 ~= averaging?.decay ?? 0, "averaging.decay"),
            (clipping.isPossible, "clipping"),
            (augmentation.problem == nil, "augmentation"),
        ]
        return checks.first { !$0.0 }.map { "\($0.1) is out of range" }
    }
}

extension GradientClipping {
    fileprivate var isPossible: Bool {
        switch self {
        case .none: true
        case .value(let limit), .norm(let limit): limit > 0
        }
    }
}
