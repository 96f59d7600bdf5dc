/// Why no songs can be found.
public enum RecommendationError: Error, Hashable, Sendable {
    /// The library has no graph of similar songs.
    case noGraph
    /// No song of the library has this id.
    case unknownTrack(String)
}

extension RecommendationError: CustomStringConvertible {
    /// What happened and how to mend it.
    public var description: String {
        switch self {
        case .noGraph:
            "the library has no graph of similar songs yet. Build it with `songs graph`."
        case .unknownTrack(let id):
            "no song of the library has the id \(id). `songs search` finds songs and their ids."
        }
    }
}
