/// Random numbers for the pixels of a picture: those of pixel *i* depend on the seed and on *i*
/// alone, so that neither the order of the loop nor its threads change them.
package struct PixelNoise {
    private let seed: UInt64

    package init(seed: UInt64) {
        self.seed = seed
    }

    /// 64 random bits: the output function of SplitMix64 (Steele, Lea and Flood, 2014).
    @inline(__always)
    package func bits(at index: Int) -> UInt64 {
        var z = seed &+ UInt64(truncatingIfNeeded: index &+ 1) &* 0x9E37_79B9_7F4A_7C15
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// A whole number uniform in 0...255.
    @inline(__always)
    package func sample(at index: Int) -> Float {
        Float(UInt8(truncatingIfNeeded: bits(at: index) >> 56))
    }

    /// A number of mean 0 and variance 1, near to normal: the sum of four uniform ones.
    @inline(__always)
    package func normal(at index: Int) -> Float {
        let bits = bits(at: index)
        let sum = (0..<4).reduce(Int32(0)) { sum, part in
            sum + Int32(UInt16(truncatingIfNeeded: bits >> UInt64(16 * part)))
        }
        // Each part is uniform in 0...65535: its mean is 32767.5, the sum's variance 65536² / 3.
        return (Float(sum) - 131_070) * (Float(3).squareRoot() / 65_536)
    }
}
