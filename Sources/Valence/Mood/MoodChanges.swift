/// Tells when there is a new mood: the dominant one of each while, if it is not that of the last.
///
/// ```swift
/// var moods = MoodChanges(every: .seconds(5))
/// if let mood = moods.update(with: faces, at: frame.time) { play(mood) }
/// ```
public struct MoodChanges: Sendable {
    private let length: Duration?
    private var window = MoodWindow(length: nil)
    private var start: Duration?
    private var last: ExpressionReading?

    /// Starts without a mood.
    ///
    /// - Parameter length: How long a while is; nil for all frames until `finish()`.
    public init(every length: Duration?) {
        self.length = length
    }

    /// Takes the faces of the next frame.
    ///
    /// - Parameters:
    ///   - faces: What was read in each.
    ///   - time: When the frame was taken.
    /// - Returns: The mood of the while that is over with this frame, if another emotion is the
    ///   likeliest than the last time; nil too where no face was seen.
    public mutating func update(
        with faces: [ExpressionReading], at time: Duration
    ) -> ExpressionReading? {
        let start = start ?? time
        self.start = start
        window.append(faces, at: time)
        guard let length, time - start >= length else { return nil }
        self.start = time
        return takeChange()
    }

    /// Ends the last while early.
    ///
    /// - Returns: Its mood, if it is a new one, or there was none before.
    public mutating func finish() -> ExpressionReading? { takeChange() }

    private mutating func takeChange() -> ExpressionReading? {
        defer { window = MoodWindow(length: nil) }
        guard let mood = window.mean, mood.likeliest != last?.likeliest else { return nil }
        last = mood
        return mood
    }
}
