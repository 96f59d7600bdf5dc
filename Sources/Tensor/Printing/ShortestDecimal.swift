/// The shortest decimal digits that give a float back when they are read: `d.ddd` times a
/// power of ten.
struct ShortestDecimal {
    /// The digits without zeros at either end; `0` for zero.
    private(set) var digits: String
    /// The power of ten of the first digit: 0 for 1.5, -3 for 0.0015.
    private(set) var exponent: Int
    /// Whether there is a minus sign, which zero may have, too.
    let isNegative: Bool

    /// Creates the digits of a finite number.
    init(_ value: Float) {
        isNegative = value.sign == .minus
        // The standard library writes 1.5, 0.0015 or 1.5e-07.
        let parts = value.magnitude.description.split(separator: "e")
        let number = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        let integer = number[0]
        let fraction = number.count > 1 ? number[1] : ""
        let all = integer + fraction
        let significant = all.drop { $0 == "0" }
        let leadingZeros = all.count - significant.count
        exponent = integer.count - 1 - leadingZeros + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
        digits = String(significant.droppingLast { $0 == "0" })
        if digits.isEmpty {
            digits = "0"
            exponent = 0
        }
    }

    /// The number of digits behind the point in `d.ddde+dd`.
    var scientificFractionCount: Int { digits.count - 1 }

    /// The number as `d.ddde+dd` with zeros up to `fractionCount` digits behind the point.
    func scientific(fractionCount: Int) -> String {
        let zeros = String(repeating: "0", count: max(0, fractionCount - scientificFractionCount))
        let power = exponent.magnitude < 10 ? "0\(exponent.magnitude)" : "\(exponent.magnitude)"
        return (isNegative ? "-" : "") + digits.prefix(1) + "." + digits.dropFirst() + zeros
            + (exponent < 0 ? "e-" : "e+") + power
    }
}

extension StringProtocol {
    /// What is left without the characters at the end that satisfy a condition.
    func droppingLast(while condition: (Character) -> Bool) -> SubSequence {
        guard let last = lastIndex(where: { !condition($0) }) else { return self[..<startIndex] }
        return self[...last]
    }
}
