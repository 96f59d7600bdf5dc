/// A thing that the knowledge graph knows: a song, or what songs have in common.
public enum KnowledgeNode: Hashable, Sendable {
    /// A song by its row.
    case song(Int)
    /// An artist by name, without regard to case.
    case artist(FoldedName)
    /// A genre by name, without regard to case.
    case genre(FoldedName)
    /// A decade by its first year.
    case decade(Int)
    /// A quarter of the plane of valence and energy.
    case region(EmotionRegion)
    /// A key and mode.
    case key(MusicalKey)
    /// An emotion that the list labels songs with, without regard to case.
    case emotion(FoldedName)

    /// What kind of thing it is.
    public enum Kind: String, CaseIterable, Codable, Sendable {
        /// A song.
        case song
        /// Who made songs.
        case artist
        /// A genre.
        case genre
        /// Ten years.
        case decade
        /// A quarter of the plane of valence and energy.
        case region
        /// A key and mode.
        case key
        /// An emotion as a label.
        case emotion

        /// The kind with its article: `an artist`.
        var withArticle: String {
            (self == .artist || self == .emotion ? "an " : "a ") + rawValue
        }
    }

    /// What kind of thing it is.
    public var kind: Kind {
        switch self {
        case .song: .song
        case .artist: .artist
        case .genre: .genre
        case .decade: .decade
        case .region: .region
        case .key: .key
        case .emotion: .emotion
        }
    }
}

/// A name in small letters, under which all ways to write it are the same.
public struct FoldedName: Hashable, Comparable, Sendable {
    /// The small letters.
    public let text: String

    /// Folds a name.
    public init(_ name: String) { text = name.lowercased() }

    /// The order of their code points.
    public static func < (left: Self, right: Self) -> Bool { left.text < right.text }
}

/// What is at the other end of a relation.
public struct KnowledgeLink: Hashable, Sendable {
    /// The node.
    public let node: KnowledgeNode
    /// The cosine or distance of similar songs, the nearness of artists; nil for other relations.
    public let weight: Double?

    init(_ node: KnowledgeNode, weight: Double? = nil) {
        self.node = node
        self.weight = weight
    }
}
