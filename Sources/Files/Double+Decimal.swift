extension Double {
    /// Reads a decimal number, spaces around it left out: `-12.5`, `1e-05`; nil where the bytes are
    /// anything else, infinity and NaN included, or too large.
    ///
    /// The result is the nearest number there is. Up to 15 digits with a small power of ten are
    /// computed by one multiplication or division of two exact numbers, whose result is rounded once
    /// (Clinger, "How to Read Floating Point Numbers Accurately", 1990); others take the slow way.
    ///
    /// - Complexity: O(*n*) in the number of bytes.
    package init?(decimal bytes: UnsafeRawBufferPointer) {
        var range = 0..<bytes.count
        while let first = range.first, isSpace(bytes[first]) { range.removeFirst() }
        while let last = range.last, isSpace(bytes[last]) { range.removeLast() }
        guard let number = DecimalNumber(bytes, range) else { return nil }
        if let exact = number.exactValue {
            self = exact
        } else {
            // It has the form of a decimal number, so that nothing else is understood.
            let text = String(decoding: bytes[range], as: UTF8.self)
            guard let value = Double(text), value.isFinite else { return nil }
            self = value
        }
    }
}

/// The digits of a number, a power of ten, and the sign.
private struct DecimalNumber {
    private var digits: UInt64 = 0
    private var digitCount = 0
    private var exponent = 0
    private var isNegative = false

    /// Reads a sign, digits with or without a point, and an exponent.
    @inline(__always)
    init?(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) {
        var place = range.lowerBound
        let end = range.upperBound
        if place < end, bytes[place] == minus || bytes[place] == plus {
            isNegative = bytes[place] == minus
            place += 1
        }
        let whole = readDigits(bytes, from: &place, to: end)
        var fraction = 0
        if place < end, bytes[place] == point {
            place += 1
            fraction = readDigits(bytes, from: &place, to: end)
            exponent = -fraction
        }
        guard whole + fraction > 0 else { return nil }
        if place < end, bytes[place] | 0x20 == UInt8(ascii: "e") {
            place += 1
            guard let written = Self.exponent(bytes, place..<end) else { return nil }
            exponent += written
            place = end
        }
        guard place == end else { return nil }
    }

    /// Reads digits as long as there are some, and counts them.
    @inline(__always)
    private mutating func readDigits(
        _ bytes: UnsafeRawBufferPointer, from place: inout Int, to end: Int
    ) -> Int {
        let start = place
        while place < end {
            let digit = bytes[place] &- zero
            guard digit <= 9 else { break }
            // More than 19 digits overflow; the count tells that the value is of no use then.
            digits = digits &* 10 &+ UInt64(digit)
            if digits > 0 || digitCount > 0 { digitCount += 1 }
            place += 1
        }
        return place - start
    }

    private static func exponent(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int? {
        var digits = range
        let hasSign = range.first.map { bytes[$0] == minus || bytes[$0] == plus } ?? false
        if hasSign { digits.removeFirst() }
        guard !digits.isEmpty else { return nil }
        var value = 0
        for place in digits {
            let digit = bytes[place] &- zero
            guard digit <= 9 else { return nil }
            // Beyond this everything is zero or infinite.
            value = min(value * 10 + Int(digit), 100_000)
        }
        return hasSign && bytes[range.lowerBound] == minus ? -value : value
    }

    /// The value, if one rounding makes it.
    @inline(__always)
    var exactValue: Double? {
        guard digitCount <= 19, digits <= 1 << 53, exponent.magnitude <= 22 else { return nil }
        let power = powersOfTen[Int(exponent.magnitude)]
        let value = exponent < 0 ? Double(digits) / power : Double(digits) * power
        return isNegative ? -value : value
    }
}

/// The powers of ten that are exact.
private let powersOfTen: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
    1e18, 1e19, 1e20, 1e21, 1e22,
]
private let zero = UInt8(ascii: "0")
private let point = UInt8(ascii: ".")
private let plus = UInt8(ascii: "+")
private let minus = UInt8(ascii: "-")

private func isSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
}
