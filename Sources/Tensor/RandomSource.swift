/// A seedable source of random numbers: SplitMix64 (Steele, Lea and Flood, "Fast splittable
/// pseudorandom number generators", OOPSLA 2014).
///
/// Its whole state is one number, so that a checkpoint can keep it, and independent sources are
/// derived from a seed and a path: `RandomSource(seed: 42, 3, 17)` is the source of, say, picture
/// 17 in epoch 3, whatever was drawn before and by whichever thread.
public struct RandomSource: RandomNumberGenerator, Hashable, Codable, Sendable {
    private var state: UInt64

    /// Creates the source that belongs to a seed and a path of numbers below it.
    public init(seed: UInt64, _ path: UInt64...) {
        state = path.reduce(RandomSource.mixed(seed)) { RandomSource.mixed($0 ^ $1) }
    }

    /// The same for a path of one number, without memory for the path.
    public init(seed: UInt64, _ number: UInt64) {
        state = RandomSource.mixed(RandomSource.mixed(seed) ^ number)
    }

    /// Draws 64 random bits.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return RandomSource.mixed(state)
    }

    private static func mixed(_ value: UInt64) -> UInt64 {
        var z = value &+ 0x9E37_79B9_7F4A_7C15
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
