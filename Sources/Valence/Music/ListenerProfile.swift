import Graph

/// What is known of a listener, as weights of songs in a library.
struct ListenerProfile: Sendable {
    /// Songs that the listener likes or heard to their end, with weights above 0, in order of rows.
    private(set) var liked: [(row: Int, weight: Double)] = []
    /// Songs that the listener skipped, and no more than that, with weights above 0.
    private(set) var skipped: [(row: Int, weight: Double)] = []

    /// How much one more `like`, `play` or `skip` counts.
    private static func weight(of kind: Feedback.Kind) -> Double {
        switch kind {
        case .like: 1
        case .play: 0.3
        case .skip: -1
        }
    }

    /// A song's weight stays between these, so that no song ever stands for a whole taste.
    private static let bounds = -2.0...3.0

    /// Sums up what a listener said, and takes songs that are liked for this once.
    ///
    /// Songs that the library does not have are left out; they may be back after another import.
    init(_ feedback: [Feedback], likes: [String], in catalog: Catalog) throws {
        var weights: [String: Double] = [:]
        for entry in feedback {
            let weight = weights[entry.trackID, default: 0] + Self.weight(of: entry.kind)
            weights[entry.trackID] = min(
                max(weight, Self.bounds.lowerBound), Self.bounds.upperBound)
        }
        for id in likes { weights[id] = max(weights[id, default: 0], 1) }
        var known: [(row: Int, weight: Double)] = []
        for (id, weight) in weights where weight != 0 {
            if let row = try catalog.row(ofID: id) { known.append((row, weight)) }
        }
        known.sort { $0.row < $1.row }
        liked = known.filter { $0.weight > 0 }
        skipped = known.filter { $0.weight < 0 }.map { ($0.row, -$0.weight) }
    }
}
