import Foundation
import Testing

@testable import Files

@Suite struct DoubleDecimalTests {
    private func read(_ text: String) -> Double? {
        Array(text.utf8).withUnsafeBytes { Double(decimal: $0) }
    }

    @Test(
        "numbers are the nearest ones there are",
        arguments: [
            "0", "-0", "1", "+1", "0.1", "-12.5", ".5", "5.", "00012.500", "1e5", "1E-05", "2.5e+3",
            "123456789012345678", "9007199254740993", "9007199254740992", "0.30000000000000004",
            "1e22", "1e23", "8.5e-22", "1e-23", "4.9e-324", "1.7976931348623157e308", "1e-400",
            "18446744073709551616", "18446744073709551616.5", "0.000000000000000000000000123",
            "179769313486231570000", "3.14159265358979323846264338327950288",
        ])
    func numbers(text: String) throws {
        let value = try #require(read(text))
        #expect(value == strtod(text, nil) && value.sign == strtod(text, nil).sign, "\(text)")
        #expect(read(" \t\(text) ") == value)
    }

    @Test(
        "what is no finite decimal number is none",
        arguments: [
            "", " ", "-", "+", ".", "e5", "1e", "1e+", "1.2.3", "1,5", "nan", "NaN", "inf",
            "-Infinity", "0x10", "1e999", "1 2", "--1", "1f", "٣", "1_000", "1e5.0", "-.e1",
        ])
    func others(text: String) {
        #expect(read(text) == nil)
    }

    @Test("whatever Swift prints comes back")
    func roundTrip() {
        var bits: UInt64 = 88_172_645_463_325_252
        for _ in 0..<20_000 {
            bits ^= bits << 13
            bits ^= bits >> 7
            bits ^= bits << 17
            let value = Double(bitPattern: bits)
            if value.isFinite { #expect(read("\(value)") == value) }
            let small = Double(bits % 2_000_000) / 1000 - 1000
            #expect(read("\(small)") == small)
        }
    }
}
