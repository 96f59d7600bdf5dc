import Train

/// The `sequential` network in training: batches of `[64, 48, 48, 1]`, dropout on, Adam with
/// exponential decay, as `peers/keras_training_step.py` has it.
final class ValenceTraining {
    static let batchSize = 64

    init(threads: Int) throws {
        throw Unavailable()
    }

    /// Trains `steps` batches, their assembly included.
    func run(steps: Int) throws {
    }

    struct Unavailable: Error, CustomStringConvertible {
        var description: String { "this version of Valence has no trainer" }
    }
}
