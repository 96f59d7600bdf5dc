import ArgumentParser

/// The most threads that can be asked for: more than any processor has, and few enough to start.
private let threadLimit = 256

/// Checks options that count something.
///
/// - Throws: `ValidationError` where one is below 1.
public func checkCounts(_ options: [(name: String, value: Int?)]) throws {
    for (name, value) in options {
        if let value, value < 1 {
            throw ValidationError("--\(name) is 1 or more, not \(value).")
        }
    }
}

/// Checks a number of threads.
///
/// - Throws: `ValidationError` where it is below 1, or more than can be meant.
public func checkThreads(_ threads: Int?) throws {
    if let threads, !(1...threadLimit).contains(threads) {
        throw ValidationError("--threads is 1 to \(threadLimit), not \(threads).")
    }
}
