import Testing

@testable import Train

@Suite struct AxisTicksTests {
    @Test(arguments: [
        ([0.31, 0.62], ["0.3", "0.4", "0.5", "0.6", "0.7"]),
        ([0.0, 1.0], ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
        ([1.07, 1.13], ["1.07", "1.08", "1.09", "1.10", "1.11", "1.12", "1.13"]),
        ([3, 47], ["0", "10", "20", "30", "40", "50"]),
        ([-0.9, 0.9], ["-1.0", "-0.5", "0.0", "0.5", "1.0"]),
    ])
    func stepsAreNice(values: [Double], labels: [String]) {
        let ticks = AxisTicks(covering: values)
        #expect(ticks.values.map(ticks.label) == labels)
    }

    @Test(arguments: [[], [5.0], [0.0], [.nan, .infinity], [1e22, 3e-9], [1e300], [-3.0, -3.0]])
    func rangeHoldsThePlottableValues(values: [Double]) {
        let ticks = AxisTicks(covering: values)
        #expect(ticks.values.count >= 2 && ticks.values.count <= 12)
        #expect(ticks.values.allSatisfy { $0.isFinite })
        for value in values where value.isPlottable { #expect(ticks.range.contains(value)) }
    }

    @Test func limitsAreKept() {
        let ticks = AxisTicks(covering: [1, 1], within: 0...1)
        #expect(ticks.range.upperBound == 1)
        #expect(ticks.range.lowerBound < 1)
    }

    @Test(arguments: [
        (1...1, ["1"]), (1...4, ["1", "2", "3", "4"]),
        (1...30, ["1", "5", "10", "15", "20", "25", "30"]),
        (12...16, ["12", "13", "14", "15", "16"]), (1...200, ["1", "50", "100", "150", "200"]),
    ])
    func epochsAreWholeNumbers(epochs: ClosedRange<Int>, labels: [String]) {
        let ticks = AxisTicks(wholeNumbersIn: epochs, count: 8)
        #expect(ticks.values.map(ticks.label) == labels)
    }
}
