import Graph

/// What is known of a listener, as weights of songs in a library.
struct ListenerProfile: Sendable {
    /// Songs that the listener likes or heard to their end, with weights above 0, in order of rows.
    private(set) var liked: [(row: Int, weight: Double)] = []
    /// Songs that the listener rather skips, with weights above 0.
    private(set) var skipped: [(row: Int, weight: Double)] = []

    /// Songs that the answer is to be like, and that are none of it therefore.
    private(set) var models: Set<Int> = []

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

    /// Songs with this weight or less are left out; with a little more, they only count against
    /// songs like them.
    private static let exclusion = -1.0

    /// The rows of songs that are no answer.
    var excluded: Set<Int> {
        models.union(skipped.filter { -$0.weight <= Self.exclusion }.map(\.row))
    }

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
        for id in likes {
            weights[id] = max(weights[id, default: 0], 1)
            if let row = try catalog.row(ofID: id) { models.insert(row) }
        }
        var known: [(row: Int, weight: Double)] = []
        for (id, weight) in weights where weight != 0 {
            if let row = try catalog.row(ofID: id) { known.append((row, weight)) }
        }
        known.sort { $0.row < $1.row }
        liked = known.filter { $0.weight > 0 }
        skipped = known.filter { $0.weight < 0 }.map { ($0.row, -$0.weight) }
    }
}
