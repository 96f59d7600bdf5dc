import ArgumentParser

/// The most pictures of a step that can be asked for; those of a data set limit it otherwise.
private let batchLimit = 1 << 16

/// Checks a number of pictures of a step that no data set limits.
///
/// - Throws: `ValidationError` where it is below 1, or more than can be meant.
func checkBatchSize(_ batchSize: Int) throws {
    if !(1...batchLimit).contains(batchSize) {
        throw ValidationError("--batch-size is 1 to \(batchLimit), not \(batchSize).")
    }
}
