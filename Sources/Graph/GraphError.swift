/// A graph that cannot be built.
public enum GraphError: Error, Hashable, Sendable {
    /// The songs have none of the features that count.
    case noFeatures
    /// A threshold admits more edges than there is room for: about so many, if it was found before
    /// all of them were counted.
    case tooLarge(edges: Int, bytes: Int, allowed: Int)
    /// So many nearest songs of all take more memory than there is room for.
    case tooManyNeighbors(edges: Int, bytes: Int, allowed: Int)
}

extension GraphError: CustomStringConvertible {
    /// One line: what happened, and how to mend it.
    public var description: String {
        switch self {
        case .noFeatures:
            "the songs have none of the audio features that count. "
                + "Import a list that has some, or give another feature a weight."
        case .tooLarge(let edges, let bytes, let allowed):
            Self.size(edges, bytes, allowed)
                + "Choose a stricter threshold, or the nearest neighbors instead."
        case .tooManyNeighbors(let edges, let bytes, let allowed):
            Self.size(edges, bytes, allowed) + "Choose fewer neighbors."
        }
    }

    private static func size(_ edges: Int, _ bytes: Int, _ allowed: Int) -> String {
        "the graph would have about \(edges) edges and take \(gigabytes(bytes)), "
            + "more than the \(gigabytes(allowed)) that are allowed. "
    }

    private static func gigabytes(_ bytes: Int) -> String {
        let hundredths = (Double(bytes) / 1e7).rounded() / 100
        return "\(hundredths) GB"
    }
}
