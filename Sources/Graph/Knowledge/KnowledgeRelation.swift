/// How two things are related; read as a sentence: a song is *by* an artist.
public enum KnowledgeRelation: String, CaseIterable, Codable, Sendable {
    /// A song is similar to a song: an edge of the similarity graph, in both directions.
    case similar
    /// A song is by an artist.
    case by
    /// An artist is near an artist: songs of one are similar to songs of the other.
    case near
    /// A song is of a genre.
    case of
    /// A song is from a decade.
    case from
    /// A song lies in a region of the plane of valence and energy.
    case `in`
    /// A song has a key and mode.
    case key
    /// A song is labeled with an emotion by its list.
    case labeled

    /// What stands before the relation.
    public var subjectKind: KnowledgeNode.Kind { self == .near ? .artist : .song }

    /// What stands behind it.
    public var objectKind: KnowledgeNode.Kind {
        switch self {
        case .similar: .song
        case .by, .near: .artist
        case .of: .genre
        case .from: .decade
        case .in: .region
        case .key: .key
        case .labeled: .emotion
        }
    }

    /// Whether subject and object can be exchanged.
    public var isSymmetric: Bool { self == .similar || self == .near }

    /// The relation as a pattern: `?song by ?artist`.
    public var pattern: String {
        let object = isSymmetric ? "other" : objectKind.rawValue
        return "?\(subjectKind) \(rawValue) ?\(object)"
    }
}
