/// The standard error of an accuracy, `sqrt(p (1 - p) / n)`.
///
/// What was measured on `count` samples lies within two standard errors of the accuracy on all the
/// samples there could be, 19 times out of 20.
///
/// - Parameters:
///   - accuracy: What was measured, 0...1.
///   - count: The number of samples.
/// - Returns: The standard error; 0 without samples.
public func standardErrorOfAccuracy(_ accuracy: Double, count: Int) -> Double {
    count == 0 ? 0 : (accuracy * (1 - accuracy) / Double(count)).squareRoot()
}
