/// The size of the shortest decimal number that gives a float back when it is read.
struct ShortestDecimal {
    /// The number of digits without zeros at either end; 1 for zero.
    let digitCount: Int
    /// The power of ten of the first digit: 0 for 1.5, -3 for 0.0015.
    let exponent: Int

    /// Measures a finite number.
    init(_ value: Float) {
        // The standard library writes the shortest one: 1.5, 0.0015 or 1.5e-07.
        let parts = value.magnitude.description.split(separator: "e")
        let number = parts[0].split(separator: ".")
        let digits = number.joined()
        let leadingZeros = digits.prefix { $0 == "0" }.count
        guard leadingZeros < digits.count else {
            digitCount = 1
            exponent = 0
            return
        }
        digitCount = digits.droppingLast { $0 == "0" }.count - leadingZeros
        exponent = number[0].count - 1 - leadingZeros + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
    }

    /// The number of digits behind the point in a notation such as `0.0015`.
    var positionalFraction: Int { max(0, digitCount - 1 - exponent) }

    /// The number of digits behind the point in a notation such as `1.5e-03`.
    var scientificFraction: Int { digitCount - 1 }
}

extension StringProtocol {
    /// What is left without the characters at the end that satisfy a condition.
    func droppingLast(while condition: (Character) -> Bool) -> SubSequence {
        guard let last = lastIndex(where: { !condition($0) }) else { return self[..<startIndex] }
        return self[...last]
    }
}
