/// One coordinate of a feature space: a function of one feature of a song.
struct FeatureDimension: Hashable, Codable, Sendable {
    let feature: AudioFeature
    let shape: FeatureShape
    /// What is subtracted from the shaped value, or from its rank.
    let center: Double
    /// What it is multiplied by then.
    let scale: Double
    /// The coordinate of songs that lack the feature: that of the mean.
    let missing: Double
    /// Values between which equally many songs lie, ascending, where ranks take the place of values.
    var quantiles: [Double]?

    /// Whether a value can be computed with; what cannot counts as missing.
    ///
    /// Distances of others are Floats, whatever the weights.
    static func isUsable(_ value: Double) -> Bool { abs(value) < 1e30 }

    /// The coordinate of a value.
    func callAsFunction(_ value: Double) -> Double {
        let shaped = shape(value)
        guard Self.isUsable(shaped) else { return missing }
        return ((quantiles.map { Self.rank(of: shaped, among: $0) } ?? shaped) - center) * scale
    }

    /// The share of songs with a smaller value, interpolated between quantiles; in the middle of
    /// those with the same value.
    static func rank(of value: Double, among quantiles: [Double]) -> Double {
        let below = partition(quantiles) { $0 < value }
        let notAbove = partition(quantiles) { $0 <= value }
        let last = Double(max(quantiles.count - 1, 1))
        if below < notAbove { return Double(below + notAbove - 1) / 2 / last }
        guard below > 0 else { return 0 }
        guard below < quantiles.count else { return 1 }
        let (low, high) = (quantiles[below - 1], quantiles[below])
        return (Double(below - 1) + (value - low) / (high - low)) / last
    }

    /// The number of elements that come first because something holds for them.
    private static func partition(
        _ elements: [Double], where holds: (Double) -> Bool
    ) -> Int {
        var range = 0..<elements.count
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            range =
                holds(elements[middle])
                ? (middle + 1)..<range.upperBound : range.lowerBound..<middle
        }
        return range.lowerBound
    }
}
