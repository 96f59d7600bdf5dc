import Imaging

extension Expression? {
    /// What reports call the expression of a face.
    var label: String { self?.name ?? "uncertain" }
}

extension Duration {
    /// Seconds, to the microsecond.
    var seconds: Double { (self / .microseconds(1)).rounded() / 1e6 }
}

extension Rectangle {
    /// `[x, y, width, height]` in whole pixels, as detectors give them.
    var pixels: [Int] { [x, y, width, height].map { Int($0.rounded()) } }
}
