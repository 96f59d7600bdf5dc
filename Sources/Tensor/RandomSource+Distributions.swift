import Foundation

// Written out rather than taken from the standard library, whose algorithms may change: the same
// seed gives the same numbers with every compiler.

extension RandomSource {
    /// Draws a number from [0, 1): a multiple of 2^-24, each as likely as any other.
    public mutating func uniform() -> Float {
        Float(next() >> 40) * 0x1p-24
    }

    /// Draws a number from the normal distribution with mean 0 and standard deviation 1.
    public mutating func normal() -> Float {
        Float(normalPair().0)
    }

    /// Draws an integer from `0..<bound`, each as likely as any other.
    ///
    /// Source: Lemire, "Fast random integer generation in an interval", ACM Transactions on
    /// Modeling and Computer Simulation 29, 2019.
    ///
    /// - Precondition: `bound` is positive.
    public mutating func integer(below bound: Int) -> Int {
        require(bound > 0, "integer(below:): there is no integer below \(bound) to draw")
        let bound = UInt64(bound)
        var product = next().multipliedFullWidth(by: bound)
        if product.low < bound {
            let rejected = (0 &- bound) % bound
            while product.low < rejected { product = next().multipliedFullWidth(by: bound) }
        }
        return Int(product.high)
    }

    /// Draws an order of the numbers `0..<count`, each as likely as any other.
    ///
    /// Source: Durstenfeld, "Algorithm 235: Random permutation", Communications of the ACM 7, 1964.
    ///
    /// - Complexity: O(`count`).
    public mutating func permutation(of count: Int) -> [Int] {
        var order = Array(0..<count)
        for last in order.indices.dropFirst().reversed() {
            order.swapAt(last, integer(below: last + 1))
        }
        return order
    }

    /// Draws two independent numbers from the normal distribution.
    ///
    /// Source: Box and Muller, "A note on the generation of random normal deviates", Annals of
    /// Mathematical Statistics 29, 1958.
    mutating func normalPair() -> (Double, Double) {
        // The first lies in (0, 1], so that the logarithm is finite.
        let first = Double((next() >> 11) + 1) * 0x1p-53
        let second = Double(next() >> 11) * 0x1p-53
        let radius = (-2 * log(first)).squareRoot()
        return (radius * cos(2 * .pi * second), radius * sin(2 * .pi * second))
    }
}
