/// What turns luma and differences of color into red, green and blue.
package struct YUVCoefficients {
    /// The luma of black.
    let black: Int16
    /// What a step of luma counts.
    let luma: SampleFactor
    /// What a step of a difference adds to red and to blue.
    let redFromRed, blueFromBlue: SampleFactor
    /// What it takes from green.
    let greenFromRed, greenFromBlue: SampleFactor

    /// Computes the coefficients of an encoding.
    ///
    /// - Parameters:
    ///   - redWeight: How much red counts in luma.
    ///   - blueWeight: How much blue counts in luma.
    ///   - isFullRange: Whether luma goes from 0 to 255, not from 16 to 235, and differences by
    ///     ±127.5 from 128, not by ±112.
    package init(redWeight: Double, blueWeight: Double, isFullRange: Bool) {
        let greenWeight = 1 - redWeight - blueWeight
        let spread = isFullRange ? 1 : 255.0 / 224
        let red = 2 * (1 - redWeight) * spread
        let blue = 2 * (1 - blueWeight) * spread
        black = isFullRange ? 0 : 16
        // Luma has 8 bits without a sign, which leaves 7; differences have 8 with the sign.
        luma = SampleFactor(isFullRange ? 1 : 255.0 / 219, shift: 7)
        redFromRed = SampleFactor(red, shift: 8)
        blueFromBlue = SampleFactor(blue, shift: 8)
        greenFromRed = SampleFactor(red * redWeight / greenWeight, shift: 8)
        greenFromBlue = SampleFactor(blue * blueWeight / greenWeight, shift: 8)
    }
}
