/// What a listener said of a song.
public struct Feedback: Hashable, Codable, Sendable {
    /// Kinds of feedback.
    public enum Kind: String, CaseIterable, Codable, Sendable {
        /// The listener likes the song.
        case like
        /// The listener does not want it.
        case skip
        /// The listener heard it to its end.
        case play
    }

    /// The id of the song, which outlives its row in the library.
    public var trackID: String
    /// What was said.
    public var kind: Kind
    /// When, in seconds since 1970.
    public var time: Double

    /// Creates feedback.
    public init(trackID: String, kind: Kind, time: Double) {
        self.trackID = trackID
        self.kind = kind
        self.time = time
    }
}
