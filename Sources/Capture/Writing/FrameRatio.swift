/// Frames a second as a fraction, as video files have them.
struct FrameRatio: Hashable {
    /// The rates that a video can have; whatever else a file or a driver tells is no rate.
    static let rates = 0.001...1000.0

    var frames: Int
    var seconds: Int

    /// The nearest fraction; those of television are exact.
    ///
    /// - Precondition: The rate is one of `rates`.
    init(_ rate: Double) {
        precondition(Self.rates.contains(rate), "a video cannot have \(rate) frames a second")
        let television = (rate * 1001 / 1000).rounded()
        if abs(rate - rate.rounded()) > 1e-6, abs(rate - television * 1000 / 1001) < 0.005 {
            (frames, seconds) = (Int(television) * 1000, 1001)
        } else {
            let (numerator, denominator) = (max(1, Int((rate * 1000).rounded())), 1000)
            var (larger, smaller) = (numerator, denominator)
            while smaller > 0 { (larger, smaller) = (smaller, larger % smaller) }
            (frames, seconds) = (numerator / larger, denominator / larger)
        }
    }
}
