/// How many frames a second are done, as of the last second.
struct FrameRateMeter {
    private let clock = ContinuousClock()
    private var ends: [ContinuousClock.Instant] = []

    /// Frames a second; 0 before the second frame.
    private(set) var framesPerSecond = 0.0

    /// Counts a frame that is done now.
    mutating func count() {
        let now = clock.now
        ends.append(now)
        // At slow rates the last frame still counts.
        let old = ends.dropLast(2).prefix { now - $0 > .seconds(1) }
        ends.removeFirst(old.count)
        let seconds = (now - ends[0]) / .seconds(1)
        framesPerSecond = seconds > 0 ? Double(ends.count - 1) / seconds : 0
    }
}
