import Tensor

// Written out rather than left to the standard library, whose algorithms may change from one
// version of Swift to the next: the same seed is to give the same faces and batches for good.
extension RandomSource {
    /// A number uniform in 0..<1.
    mutating func unit() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// A number uniform in `range`.
    mutating func number(in range: ClosedRange<Float>) -> Float {
        range.lowerBound + Float(unit()) * (range.upperBound - range.lowerBound)
    }

    /// A number uniform in `-limit...limit`.
    mutating func number(within limit: Float) -> Float {
        number(in: -limit...limit)
    }

    /// A whole number uniform in `0..<count`, up to a bias of `count` / 2^64.
    ///
    /// The high half of a product takes the place of a remainder, as in D. Lemire, "Fast random
    /// integer generation in an interval" (2019).
    mutating func index(below count: Int) -> Int {
        Int(next().multipliedFullWidth(by: UInt64(count)).high)
    }

    /// Whether something of the given probability happens.
    mutating func happens(_ probability: Float) -> Bool {
        unit() < Double(probability)
    }

    /// Brings elements into a random order (Fisher and Yates).
    mutating func permute<Element>(_ elements: inout [Element]) {
        for last in stride(from: elements.count - 1, to: 0, by: -1) {
            elements.swapAt(last, index(below: last + 1))
        }
    }
}
