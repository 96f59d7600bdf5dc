import Kernels
import Testing

/// Half precision against its definition, for every number there is.
@Suite struct ElementTypeTests {
    @Test func everyHalfIsConvertedExactly() {
        let patterns = (0...UInt16.max).map { $0 }
        let values = decode(.float16, patterns)
        for (pattern, value) in zip(patterns, values) {
            let expected = number(ofHalf: pattern)
            #expect(
                expected.isNaN ? value.isNaN : Double(value) == expected && sameSign(value, pattern)
            )
        }
    }

    /// Below, on and above the middle of all neighbors: the middle goes to the even one.
    @Test func floatsAreRoundedToTheNearestHalf() {
        var inputs: [Float] = []
        var expected: [UInt16] = []
        for pattern in UInt16(0)..<0x7C00 {
            let lower = number(ofHalf: pattern)
            // One step above the largest half, infinity takes over as if it were 65,536.
            let upper = pattern == 0x7BFF ? 65_536 : number(ofHalf: pattern + 1)
            // Exact: neighbors share their exponent, or the upper one is a power of two.
            let middle = Float((lower + upper) / 2)
            inputs += [Float(lower), middle.nextDown, middle, middle.nextUp]
            expected += [pattern, pattern, pattern + pattern % 2, pattern + 1]
        }
        #expect(encode(inputs) == expected)
        #expect(encode(inputs.map { -$0 }) == expected.map { $0 | 0x8000 })
    }

    @Test func extremesBecomeInfinityOrNotANumber() {
        #expect(
            encode([.infinity, -.infinity, 1e30, -.greatestFiniteMagnitude])
                == [0x7C00, 0xFC00, 0x7C00, 0xFC00])
        #expect(encode([.leastNonzeroMagnitude, -.leastNonzeroMagnitude]) == [0, 0x8000])
        #expect(decode(.float16, encode([.nan]))[0].isNaN)
    }

    @Test func integersAreRoundedToTheNearestFloat() {
        #expect(decode(.int32, [Int32(16_777_217), .min, .max]) == [16_777_216, -0x1p31, 0x1p31])
        #expect(decode(.uint64, [UInt64.max, 1]) == [0x1p64, 1])
        #expect(decode(.bool, [UInt8(0), 1, 255]) == [0, 1, 1])
        #expect(decode(.int16, [Int16(1)], bigEndian: true) == [256])
    }

    @Test func elementsMayLieAtAnyAddress() {
        let bytes: [UInt8] = [9, 0, 0, 0x80, 0x3F, 0, 0, 0, 0x40]
        var result = [Float](repeating: 0, count: 2)
        bytes.withUnsafeBytes { raw in
            guard let start = raw.baseAddress else { return }
            decodeElements(.float32, bigEndian: false, count: 2, start + 1, result: &result)
        }
        #expect(result == [1, 2])
    }

    /// What the bits of a half stand for, by its definition in IEEE 754.
    private func number(ofHalf pattern: UInt16) -> Double {
        let exponent = Int(pattern >> 10) & 0x1F
        let fraction = Double(pattern & 0x3FF)
        let sign: Double = pattern >> 15 == 0 ? 1 : -1
        switch exponent {
        case 0: return sign * fraction * 0x1p-24
        case 31: return fraction == 0 ? sign * .infinity : .nan
        default:
            return sign * (1 + fraction / 1024)
                * Double(sign: .plus, exponent: exponent - 15, significand: 1)
        }
    }

    private func sameSign(_ value: Float, _ pattern: UInt16) -> Bool {
        (value.sign == .minus) == (pattern >> 15 == 1)
    }

    private func decode<Element>(
        _ type: ElementType, _ elements: [Element], bigEndian: Bool = false
    ) -> [Float] {
        var result = [Float](repeating: 0, count: elements.count)
        elements.withUnsafeBytes { raw in
            guard let start = raw.baseAddress else { return }
            decodeElements(
                type, bigEndian: bigEndian, count: elements.count, start, result: &result)
        }
        return result
    }

    private func encode(_ values: [Float]) -> [UInt16] {
        var result = [UInt16](repeating: 0, count: values.count)
        result.withUnsafeMutableBytes { raw in
            guard let start = raw.baseAddress else { return }
            encodeFloat16(count: values.count, values, result: start)
        }
        return result
    }
}
