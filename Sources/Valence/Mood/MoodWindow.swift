import Imaging

/// The mean of what was read in all faces of the frames of a while.
///
/// Every frame with faces counts the same, and every face of a frame. Frames are kept while they
/// are in the window; those of an endless one are summed up at once.
struct MoodWindow: Sendable {
    /// How long the while is; nil for all frames.
    let length: Duration?

    private var frames: [(time: Duration, probabilities: [Float])] = []
    private var sum = [Double](repeating: 0, count: Expression.allCases.count)
    private var count = 0
    private var threshold: Float = 0

    /// Creates an empty window.
    init(length: Duration?) {
        self.length = length
    }

    /// Takes the faces of a frame, and forgets the frames that are too long ago.
    mutating func append(_ readings: [ExpressionReading], at time: Duration) {
        if let length {
            let old = frames.prefix { time - $0.time > length }
            for frame in old { add(frame.probabilities, times: -1) }
            frames.removeFirst(old.count)
        }
        guard let first = readings.first else { return }
        threshold = first.threshold
        let mean = first.probabilities.indices.map { index in
            readings.reduce(0) { $0 + $1.probabilities[index] } / Float(readings.count)
        }
        add(mean, times: 1)
        if length != nil { frames.append((time, mean)) }
    }

    /// The mean, or nil where no frame of the window had a face.
    var mean: ExpressionReading? {
        guard count > 0 else { return nil }
        return ExpressionReading(
            probabilities: sum.map { Float($0 / Double(count)) }, threshold: threshold)
    }

    private mutating func add(_ probabilities: [Float], times factor: Int) {
        count += factor
        for (index, probability) in probabilities.enumerated() {
            sum[index] += Double(factor) * Double(probability)
        }
    }
}
