/// What turns luma and differences of color into red, green and blue, in 16-bit fixed point.
///
/// The high half of a product of 16-bit numbers is what a processor computes eight at a time:
/// `(sample << bits) * coefficient >> 16`. The bits are chosen so that all products have 5 behind
/// the point, and none overflows.
package struct YUVCoefficients {
    /// The luma of black.
    let black: Int16
    /// The factor of luma, 14 bits behind the point.
    let luma: Int16
    /// The factors of differences, 13 bits behind the point.
    let redFromRed, greenFromRed, greenFromBlue, blueFromBlue: Int16

    /// Computes the coefficients of an encoding.
    ///
    /// - Parameters:
    ///   - redWeight: How much red counts in luma.
    ///   - blueWeight: How much blue counts in luma.
    ///   - isFullRange: Whether luma goes from 0 to 255, not from 16 to 235, and differences by
    ///     ±127.5 from 128, not by ±112.
    package init(redWeight: Double, blueWeight: Double, isFullRange: Bool) {
        func fixed(_ value: Double, bits: Int) -> Int16 {
            Int16((value * Double(1 << bits)).rounded())
        }
        let greenWeight = 1 - redWeight - blueWeight
        let spread = isFullRange ? 1 : 255.0 / 224
        let red = 2 * (1 - redWeight) * spread
        let blue = 2 * (1 - blueWeight) * spread
        black = isFullRange ? 0 : 16
        luma = fixed(isFullRange ? 1 : 255.0 / 219, bits: 14)
        redFromRed = fixed(red, bits: 13)
        greenFromRed = fixed(red * redWeight / greenWeight, bits: 13)
        greenFromBlue = fixed(blue * blueWeight / greenWeight, bits: 13)
        blueFromBlue = fixed(blue, bits: 13)
    }

    /// The luma of eight pixels from black to white, 5 bits behind the point.
    @inline(__always)
    func expanded(_ samples: SampleLanes) -> SampleLanes {
        ((samples &- black) &<< 7).highProduct(with: luma)
    }
}
