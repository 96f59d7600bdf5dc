import Foundation

/// How the numbers of one tensor are written: all in the same notation and width, as NumPy does.
struct NumberColumn {
    /// The most digits behind the point in positional notation.
    private static let precision = 8
    /// The width of an exponent such as `e-05`.
    private static let exponentWidth = 4

    private let isScientific: Bool
    /// The largest number of characters in front of the decimal point.
    private let integerWidth: Int
    /// The largest number of digits behind the decimal point.
    private let fractionWidth: Int

    /// Creates the notation for the numbers of a column.
    init(_ numbers: [Float]) {
        let finite = numbers.filter(\.isFinite)
        let magnitudes = finite.map(\.magnitude).filter { $0 != 0 }
        let smallest = magnitudes.min() ?? 1
        let largest = magnitudes.max() ?? 1
        // The limits of NumPy for single precision.
        isScientific = largest >= 1e6 || smallest < 1e-4 || largest / smallest > 1000
        let texts: [String]
        if isScientific {
            let fraction = finite.map { ShortestDecimal($0).scientificFraction }.max() ?? 0
            texts = finite.map { NumberColumn.scientific($0, fraction: fraction) }
            fractionWidth = fraction
        } else {
            texts = finite.map(NumberColumn.positional)
            fractionWidth = texts.map { $0.count - 1 - NumberColumn.integerWidth($0) }.max() ?? 0
        }
        var integerWidth = texts.map(NumberColumn.integerWidth).max() ?? 0
        if finite.count < numbers.count {
            let widest = numbers.contains(-.infinity) ? 4 : 3
            let behindInteger =
                1 + fractionWidth + (isScientific ? NumberColumn.exponentWidth : 0)
            integerWidth = max(integerWidth, widest - behindInteger)
        }
        self.integerWidth = integerWidth
    }

    /// A number, padded with spaces so that decimal points stand below one another.
    func text(of number: Float) -> String {
        let width =
            integerWidth + 1 + fractionWidth + (isScientific ? NumberColumn.exponentWidth : 0)
        guard number.isFinite else {
            let text = number.isNaN ? "nan" : number < 0 ? "-inf" : "inf"
            return NumberColumn.spaces(width - text.count) + text
        }
        let text =
            isScientific
            ? NumberColumn.scientific(number, fraction: fractionWidth)
            : NumberColumn.positional(number)
        let padded = NumberColumn.spaces(integerWidth - NumberColumn.integerWidth(text)) + text
        return padded + NumberColumn.spaces(width - padded.count)
    }

    /// A number such as `-12.5` or `3.` with the digits that it needs, as far as they are allowed.
    private static func positional(_ number: Float) -> String {
        let fraction = min(ShortestDecimal(number).positionalFraction, precision)
        let text = String(format: "%#.\(fraction)f", Double(number))
        return fraction == 0 ? text : String(text.droppingLast { $0 == "0" })
    }

    /// A number such as `1.50e-07`.
    private static func scientific(_ number: Float, fraction: Int) -> String {
        String(format: "%#.\(fraction)e", Double(number))
    }

    /// The number of characters in front of the decimal point.
    private static func integerWidth(_ text: String) -> Int {
        text.prefix { $0 != "." }.count
    }

    private static func spaces(_ count: Int) -> String {
        String(repeating: " ", count: max(0, count))
    }
}
