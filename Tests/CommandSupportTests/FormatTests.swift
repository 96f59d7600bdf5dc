import Testing

@testable import CommandSupport

@Suite("Number formats")
struct FormatTests {
    @Test(arguments: [
        (0, "0"), (999, "999"), (1000, "1,000"), (-1000, "-1,000"), (-999, "-999"),
        (2_345_607, "2,345,607"), (Int.min, "-9,223,372,036,854,775,808"),
    ])
    func count(value: Int, text: String) {
        #expect(Format.count(value) == text)
    }

    @Test(arguments: [
        (0, "0 bytes"), (999, "999 bytes"), (1000, "1.00 kB"), (9_994, "9.99 kB"),
        (9_996, "10.0 kB"), (99_960, "100 kB"), (83_100_000, "83.1 MB"), (999_499, "999 kB"),
        (999_600, "1.00 MB"), (2_500_000_000_000_000, "2500 TB"),
    ])
    func bytes(count: Int, text: String) {
        #expect(Format.bytes(count) == text)
    }

    @Test(arguments: [
        (0.0, "0:00"), (42.4, "0:42"), (59.6, "1:00"), (725, "12:05"), (3599.7, "1:00:00"),
        (3723, "1:02:03"), (360_000, "100:00:00"), (-1, "0:00"),
    ])
    func time(seconds: Double, text: String) {
        #expect(Format.time(.seconds(seconds)) == text)
    }

    @Test func decimalsAndShares() {
        #expect(Format.decimal(0.6134) == "0.613")
        #expect(Format.decimal(-2, digits: 0) == "-2")
        #expect(Format.percent(0.6134) == "61.3 %")
    }

    @Test("bars fill up with a fraction")
    func bars() {
        #expect(Format.bar(0, width: 4) == "░░░░")
        #expect(Format.bar(0.5, width: 4) == "██░░")
        #expect(Format.bar(1, width: 4) == "████")
        #expect(Format.bar(-3, width: 2) == "░░")
        #expect(Format.bar(7, width: 2) == "██")
    }
}
