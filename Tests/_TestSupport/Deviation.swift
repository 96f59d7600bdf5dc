/// The largest difference between two arrays, relative to the largest expected absolute value.
///
/// Numbers that are not finite and arrays of different length deviate infinitely.
///
/// Differences are divided by `floor` at least: where all is expected to be zero, rounding still
/// leaves something.
public func deviation(
    of values: [Float], from expected: [Double], floor: Double = 1e-2
) -> Double {
    guard values.count == expected.count else { return .infinity }
    var largest = floor
    var difference = 0.0
    for (value, expected) in zip(values, expected) {
        guard value.isFinite, expected.isFinite else { return .infinity }
        largest = max(largest, abs(expected))
        difference = max(difference, abs(Double(value) - expected))
    }
    return difference / largest
}

/// Whether two arrays hold the same bits.
public func isIdentical(_ a: [Float], _ b: [Float]) -> Bool {
    a.map(\.bitPattern) == b.map(\.bitPattern)
}
