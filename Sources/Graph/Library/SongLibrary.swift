public import Foundation

/// A library of songs: the catalog, the audio features, the graph of what is alike, and listeners.
///
/// In a folder it consists of files that are opened where they lie, so that a million songs are at
/// hand at once.
public struct SongLibrary: Sendable {
    /// The songs.
    public let catalog: Catalog
    /// Their audio features, a row for each song.
    public let features: SongFeatures
    /// What is alike; nil until it is built.
    public var graph: SongGraph?
    /// Listeners and their feedback.
    public let listeners: ListenerStore

    /// The number of songs.
    public var count: Int { features.count }

    /// Opens a library.
    ///
    /// - Throws: `FileError` if there is none, or a part is damaged.
    public init(at folder: URL) throws { fatalError("to come") }

    /// Keeps a library in memory; its listeners are kept in a file if one is named.
    public init(
        _ songs: [(song: Song, features: AudioFeatures)], listeners: URL? = nil
    ) throws { fatalError("to come") }

    /// Builds the graph, writes it into the folder of the library if it has one, and uses it.
    public mutating func buildGraph(
        _ recipe: SongGraph.Recipe,
        threads: Int? = nil,
        progress: (_ completed: Int, _ total: Int) throws -> Void = { _, _ in }
    ) throws { fatalError("to come") }
}
