import Graph

/// Finds out why a song was chosen.
struct ReasonFinder {
    let library: SongLibrary
    let graph: SongGraph
    let target: MoodTarget?
    /// What the listener likes, in order of rows.
    let liked: [(row: Int, weight: Double)]

    /// A place on a way, counted from 0, and how many there are.
    struct Step {
        let place: Int
        let count: Int
    }

    /// How many common features a reason names.
    private static let namedFeatures = 2

    /// A chosen song with its reasons.
    ///
    /// - Parameters:
    ///   - candidate: The song.
    ///   - step: Where it stands on a way; nil where there is none.
    ///   - last: The song before it on the way; nil for the first.
    /// - Throws: Errors of the catalog.
    /// - Returns: The song with its reasons, the strongest first.
    func recommendation(
        _ candidate: SongPool.Candidate, as step: Step? = nil,
        after last: SongPool.Candidate? = nil
    ) throws -> Recommendation {
        var reasons: [Reason] = []
        if let reason = try likes(candidate) { reasons.append(reason) }
        if let target {
            let emotion = target.isClear ? target.emotion : nil
            reasons.append(
                step.map {
                    .step($0.place + 1, of: $0.count, from: emotion, place: candidate.place)
                } ?? .mood(emotion, place: candidate.place))
        }
        if let last {
            let common = common(last.row, candidate.row)
            if !common.isEmpty { reasons.append(.follows(last.song, common: common)) }
        }
        return Recommendation(
            song: candidate.song, row: candidate.row, score: candidate.relevance,
            features: library.features[candidate.row], reasons: reasons)
    }

    /// A short way over the graph from a song that the listener likes, if there is one.
    private func likes(_ candidate: SongPool.Candidate) throws -> Reason? {
        let row = candidate.row
        var weights = Dictionary(uniqueKeysWithValues: liked)
        weights[row] = nil
        guard !weights.isEmpty else { return nil }
        if let friend = closest(to: row, among: weights) {
            return .likesNeighbor(
                try library.catalog.song(at: friend), common: common(row, friend))
        }
        let bridges = graph.neighbors(of: row).sorted {
            (graph.similarity($1.weight), $0.row) < (graph.similarity($0.weight), $1.row)
        }
        for bridge in bridges {
            if let friend = closest(to: bridge.row, among: weights) {
                return .likesNearby(
                    try library.catalog.song(at: friend),
                    through: try library.catalog.song(at: bridge.row))
            }
        }
        return nil
    }

    /// The neighbor among the songs with weights that is the most alike and the most liked.
    private func closest(to row: Int, among weights: [Int: Double]) -> Int? {
        var best: (row: Int, merit: Double)?
        for neighbor in graph.neighbors(of: row) {
            guard let weight = weights[neighbor.row] else { continue }
            let merit = weight * graph.similarity(neighbor.weight)
            if merit > best?.merit ?? -1 { best = (neighbor.row, merit) }
        }
        return best?.row
    }

    /// What two songs have in common that few others have.
    private func common(_ row: Int, _ other: Int) -> [AudioFeature] {
        let common = graph.space.features(
            commonTo: library.features[row], and: library.features[other])
        return Array(common.prefix(Self.namedFeatures))
    }
}
