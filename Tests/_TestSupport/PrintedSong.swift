public import Foundation

/// A song that a command recommends, as its JSON has it.
public struct PrintedSong: Decodable, Equatable, Sendable {
    /// The id in the library.
    public var trackID: String
    /// The title.
    public var title: String
    /// The artists.
    public var artist: String
    /// Where one can listen to it.
    public var url: URL
    /// How well it suits the wish.
    public var score: Double
    /// How positive it sounds.
    public var valence: Double
    /// How intense it is.
    public var energy: Double
    /// The reasons.
    public var why: [String]
}
