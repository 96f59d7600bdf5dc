extension XMLReader {
    /// Reads a decimal number with a point and an exponent where it has them: `-1.`, `4.01e-003`;
    /// `nil` where there is none.
    mutating func scanNumber() -> Double? {
        var isNegative = false
        if let sign = peek(), sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            isNegative = sign == UInt8(ascii: "-")
            position += 1
        }
        var digits = Digits()
        scan(into: &digits, afterPoint: false)
        if peek() == UInt8(ascii: ".") {
            position += 1
            scan(into: &digits, afterPoint: true)
        }
        guard digits.count > 0, let exponent = scanExponent() else { return nil }
        if let next = peek(), next > UInt8(ascii: " "), next != UInt8(ascii: "<") { return nil }
        let value = digits.value(exponent: exponent)
        return isNegative ? -value : value
    }

    private mutating func scan(into digits: inout Digits, afterPoint: Bool) {
        while let byte = peek(), byte &- UInt8(ascii: "0") < 10 {
            digits.append(byte &- UInt8(ascii: "0"), afterPoint: afterPoint)
            position += 1
        }
    }

    /// The exponent, 0 where there is none, or `nil` where it is no number.
    private mutating func scanExponent() -> Int? {
        guard peek() == UInt8(ascii: "e") || peek() == UInt8(ascii: "E") else { return 0 }
        position += 1
        var isNegative = false
        if let sign = peek(), sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            isNegative = sign == UInt8(ascii: "-")
            position += 1
        }
        let start = position
        var exponent = 0
        while let byte = peek(), byte &- UInt8(ascii: "0") < 10 {
            exponent = min(exponent * 10 + Int(byte &- UInt8(ascii: "0")), 10_000)
            position += 1
        }
        guard position > start else { return nil }
        return isNegative ? -exponent : exponent
    }
}

/// The digits of a decimal number, as many of them as an integer of 64 bits holds.
private struct Digits {
    private(set) var count = 0
    private var mantissa: UInt64 = 0
    private var exponent = 0

    private static let powersOfTen = (0...70).compactMap { Double("1e\($0)") }

    mutating func append(_ digit: UInt8, afterPoint: Bool) {
        count &+= 1
        if mantissa < 1_000_000_000_000_000_000 {
            mantissa = mantissa &* 10 &+ UInt64(digit)
            if afterPoint { exponent &-= 1 }
        } else if !afterPoint {
            exponent &+= 1
        }
    }

    func value(exponent: Int) -> Double {
        let exponent = self.exponent + exponent
        let table = Self.powersOfTen
        // What needs a larger power is 0 or infinite in single precision.
        if exponent < 0 { return Double(mantissa) / table[min(-exponent, table.count - 1)] }
        return Double(mantissa) * table[min(exponent, table.count - 1)]
    }
}
