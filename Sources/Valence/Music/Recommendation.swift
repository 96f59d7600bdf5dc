public import Graph

/// A song for somebody, and why.
public struct Recommendation: Hashable, Sendable {
    /// The song.
    public var song: Song
    /// Its row in the library.
    public var row: Int
    /// How well it suits the wish, 0 to 1.
    public var score: Double
    /// Its audio features, as the list gives them.
    public var features: AudioFeatures
    /// Why it was chosen, the strongest reason first.
    public var reasons: [Reason]
}
