import Foundation

/// How the numbers of one tensor are written: all in the same notation and width, as NumPy does.
struct NumberColumn {
    /// The most digits behind the point in positional notation.
    private static let precision = 8

    private let isScientific: Bool
    /// The widths in front of and behind the decimal point.
    private let integerWidth: Int
    private let fractionWidth: Int

    /// Creates the notation for tensors whose printed elements are `elements`.
    init(_ elements: [Float]) {
        let finite = elements.filter(\.isFinite)
        let magnitudes = finite.lazy.map(\.magnitude).filter { $0 != 0 }
        let smallest = magnitudes.min() ?? 1
        let largest = magnitudes.max() ?? 1
        // The limits of NumPy for single precision.
        isScientific = largest >= 1e6 || smallest < 1e-4 || largest / smallest > 1000

        var integerWidth = 0
        var fractionWidth = 0
        if isScientific {
            let decimals = finite.map { ShortestDecimal($0) }
            integerWidth = decimals.contains(where: \.isNegative) ? 2 : 1
            fractionWidth = decimals.map(\.scientificFractionCount).max() ?? 0
        } else {
            for element in finite {
                let text = NumberColumn.positional(element)
                let integer = text.prefix { $0 != "." }.count
                integerWidth = max(integerWidth, integer)
                fractionWidth = max(fractionWidth, text.count - integer - 1)
            }
        }
        if finite.count < elements.count {
            let widest = elements.contains(-.infinity) ? 4 : 3
            let behind = isScientific ? fractionWidth + 4 : fractionWidth
            integerWidth = max(integerWidth, widest - behind - 1)
        }
        self.integerWidth = integerWidth
        self.fractionWidth = fractionWidth
    }

    /// A number, padded with spaces so that decimal points stand below one another.
    func text(of value: Float) -> String {
        guard value.isFinite else {
            let width = integerWidth + 1 + fractionWidth + (isScientific ? 4 : 0)
            let text = value.isNaN ? "nan" : value < 0 ? "-inf" : "inf"
            return NumberColumn.spaces(width - text.count) + text
        }
        if isScientific {
            let decimal = ShortestDecimal(value)
            return NumberColumn.spaces(integerWidth - (decimal.isNegative ? 2 : 1))
                + decimal.scientific(fractionCount: fractionWidth)
        }
        let text = NumberColumn.positional(value)
        let integer = text.prefix { $0 != "." }.count
        return NumberColumn.spaces(integerWidth - integer) + text
            + NumberColumn.spaces(fractionWidth - (text.count - integer - 1))
    }

    /// A number such as `-12.5` or `3.` with the digits behind the point that it needs, or with as
    /// many as are allowed.
    private static func positional(_ value: Float) -> String {
        let decimal = ShortestDecimal(value)
        let needed = max(0, decimal.scientificFractionCount - decimal.exponent)
        let text = String(format: "%.\(min(needed, precision))f", Double(value))
        return needed == 0 ? text + "." : String(text.droppingLast { $0 == "0" })
    }

    private static func spaces(_ count: Int) -> String {
        String(repeating: " ", count: max(0, count))
    }
}
