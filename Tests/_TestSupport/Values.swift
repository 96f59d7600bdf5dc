public import Tensor

extension RandomSource {
    /// Numbers from -1 to 1.
    public mutating func values(_ count: Int) -> [Float] {
        (0..<count).map { _ in Float.random(in: -1..<1, using: &self) }
    }

    /// Numbers around zero in random order, each at least 0.01 from all others and from zero.
    ///
    /// A finite difference then crosses neither a tie in a window nor the bend of a rectifier.
    public mutating func separatedValues(_ count: Int) -> [Float] {
        let distance = max(0.02, 2 / Float(max(count, 1)))
        let center = Float(count / 2) - 0.5
        return (0..<count).shuffled(using: &self).map { (Float($0) - center) * distance }
    }
}
