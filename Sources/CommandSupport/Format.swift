import Foundation

/// Numbers as people read them, independent of the locale.
public enum Format {
    /// A number with that many digits after the point: `0.613`.
    public static func decimal(_ value: Double, digits: Int = 3) -> String {
        String(format: "%.*f", digits, value)
    }

    /// A whole number with thousands apart: `2,345,607`.
    public static func count(_ value: Int) -> String {
        let digits = String(value.magnitude)
        var text = value < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text += "," }
            text.append(digit)
        }
        return text
    }

    /// A share in percent: `61.3 %`.
    public static func percent(_ share: Double, digits: Int = 1) -> String {
        decimal(share * 100, digits: digits) + " %"
    }

    /// A number of bytes in units of 1,000, with three digits: `83.1 MB`.
    public static func bytes(_ count: Int) -> String {
        var value = Double(count)
        var unit = 0
        // Rounding must not make a fourth digit: 999.6 kB is 1.00 MB.
        while value.magnitude >= (unit == 0 ? 1000 : 999.5), unit < byteUnits.count - 1 {
            value /= 1000
            unit += 1
        }
        let digits = unit == 0 ? 0 : value.magnitude < 9.995 ? 2 : value.magnitude < 99.95 ? 1 : 0
        return decimal(value, digits: digits) + " " + byteUnits[unit]
    }

    /// A length of time in whole seconds, as on a clock: `0:42`, `12:05`, `1:02:03`.
    public static func time(_ duration: Duration) -> String {
        let seconds = max(Int((duration / .seconds(1)).rounded()), 0)
        let tail = String(format: "%02d", seconds % 60)
        guard seconds >= 3600 else { return "\(seconds / 60):\(tail)" }
        return String(format: "%d:%02d:", seconds / 3600, seconds / 60 % 60) + tail
    }

    /// A bar of blocks that fills up with a fraction: `███░░`.
    public static func bar(_ fraction: Double, width: Int) -> String {
        let filled = Int(min(max(fraction, 0), 1) * Double(width))
        return String(repeating: "█", count: filled)
            + String(repeating: "░", count: width - filled)
    }

    private static let byteUnits = ["bytes", "kB", "MB", "GB", "TB"]
}
