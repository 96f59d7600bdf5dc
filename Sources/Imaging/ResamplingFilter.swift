/// Which samples of a line make each sample of a longer or shorter line, and how much they weigh.
struct ResamplingFilter {
    /// The number of weights of each new sample.
    let taps: Int
    /// The first old sample of each new one, `[newCount]`.
    private(set) var starts: [Int] = []
    /// The weights, `[newCount, taps]`; those of a sample sum to 1.
    private(set) var weights: [Float] = []

    /// Weighs the samples of a line of `count` for one of `newCount`.
    init(_ interpolation: Image.Interpolation, from count: Int, to newCount: Int) {
        let scale = Double(count) / Double(newCount)
        let radius = interpolation == .area ? scale / 2 : max(scale, 1)
        taps = min(count, Int((2 * radius).rounded(.up)) + 1)
        starts.reserveCapacity(newCount)
        weights.reserveCapacity(newCount * taps)
        for sample in 0..<newCount {
            let center = (Double(sample) + 0.5) * scale
            let start = min(max(0, Int((center - radius).rounded(.down))), count - taps)
            let window = (start..<start + taps).map { old in
                switch interpolation {
                case .linear:
                    max(0, 1 - abs(Double(old) + 0.5 - center) / radius)
                case .area:
                    max(
                        0, min(Double(old + 1), center + radius) - max(Double(old), center - radius)
                    )
                }
            }
            let sum = window.reduce(0, +)
            starts.append(start)
            weights += window.map { Float($0 / sum) }
        }
    }
}
