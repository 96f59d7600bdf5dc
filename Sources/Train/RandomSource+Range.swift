import Tensor

extension RandomSource {
    /// Draws a number uniform in `range`.
    mutating func number(in range: ClosedRange<Float>) -> Float {
        range.lowerBound + uniform() * (range.upperBound - range.lowerBound)
    }

    /// Draws a number uniform in `-limit...limit`.
    mutating func number(within limit: Float) -> Float {
        number(in: -limit...limit)
    }

    /// Draws whether something of the given probability happens.
    mutating func happens(_ probability: Float) -> Bool {
        uniform() < probability
    }
}
