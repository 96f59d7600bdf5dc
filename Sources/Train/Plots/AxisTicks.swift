import Foundation

/// The numbers along an axis: multiples of 1, 2 or 5 times a power of ten.
///
/// Source: Paul Heckbert, "Nice Numbers for Graph Labels", Graphics Gems (1990).
struct AxisTicks: Hashable {
    /// The range of the axis.
    let range: ClosedRange<Double>
    /// The places of the numbers, from low to high.
    let values: [Double]
    /// The distance of two numbers.
    let step: Double

    /// Chooses about `count` numbers whose range holds all values.
    ///
    /// - Parameters:
    ///   - values: What is plotted; those that are not plottable do not count.
    ///   - limits: Beyond which there are no values.
    ///   - count: How many numbers there is room for.
    init(
        covering values: [Double], within limits: ClosedRange<Double>? = nil, count: Int = 6
    ) {
        let plottable = values.filter(\.isPlottable)
        var low = plottable.min() ?? 0
        var high = plottable.max() ?? 1
        if high - low <= abs(high) * 1e-9 {
            // One value stands in the middle.
            let margin = high == 0 ? 0.5 : abs(high) / 10
            low -= margin
            high += margin
        }
        if let limits {
            low = max(low, limits.lowerBound)
            high = min(high, limits.upperBound)
        }
        let step = Self.niceStep((high - low) / Double(max(1, count - 1)))
        let first = (low / step + 1e-9).rounded(.down)
        let last = (high / step - 1e-9).rounded(.up)
        self.step = step
        self.values = (0...Int(last - first)).map { (first + Double($0)) * step }
        range = first * step...last * step
    }

    /// Chooses about `count` whole numbers inside of a range, the first among them where there is room.
    init(wholeNumbersIn numbers: ClosedRange<Int>, count: Int) {
        let first = Double(numbers.lowerBound)
        let last = Double(numbers.upperBound)
        let step = max(1, Self.niceStep((last - first) / Double(max(1, count - 1))).rounded())
        // Epochs are read as 1, 5, 10, ..., not as 1, 6, 11, ...
        let firstMultiple = ((first / step).rounded(.down) + 1) * step
        let multiples = Array(stride(from: firstMultiple, through: last, by: step))
        let isCrowded = multiples.first.map { $0 - first <= step / 2 } ?? false
        self.step = step
        values = isCrowded ? multiples : [first] + multiples
        range = first == last ? first - 0.5...first + 0.5 : first...last
    }

    /// The text of a number, with as many digits as the step needs.
    func label(_ value: Double) -> String {
        guard abs(value) < 1e6, step >= 1e-6 else { return String(format: "%.3g", value) }
        let digits = max(0, Int((-log10(step) - 1e-9).rounded(.up)))
        // A rounding error below 0 would become "-0.0".
        return (value + 0).fixed(digits)
    }

    private static func niceStep(_ step: Double) -> Double {
        let power = pow(10, log10(step).rounded(.down))
        let fraction = step / power
        let nice = [1, 2, 5].first { fraction <= $0 * 1.2 } ?? 10
        return nice * power
    }
}

extension Double {
    /// Whether a curve can go through the number: a loss that runs away leaves a gap long before
    /// it is infinite, because it would flatten everything else.
    var isPlottable: Bool { isFinite && abs(self) < 1e30 }
}
