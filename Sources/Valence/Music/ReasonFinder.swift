import Graph

/// Finds out why a song was chosen.
struct ReasonFinder {
    let library: SongLibrary
    let graph: SongGraph
    let target: MoodTarget?
    let path: MoodPath?
    /// What the listener likes, in order of rows.
    let liked: [(row: Int, weight: Double)]

    /// How many common features a reason names.
    private static let namedFeatures = 2

    /// A chosen song with its reasons.
    ///
    /// - Parameters:
    ///   - candidate: The song.
    ///   - last: The song before it; nil for the first.
    ///   - position: Its place in the list.
    /// - Throws: Errors of the catalog.
    /// - Returns: The song with its reasons, the strongest first.
    func recommendation(
        _ candidate: SongPool.Candidate, after last: SongPool.Candidate?, at position: Int
    ) throws -> Recommendation {
        var reasons: [Reason] = []
        if let reason = try likes(candidate) { reasons.append(reason) }
        if let target, let path {
            reasons.append(
                path.isWay
                    ? .step(
                        position + 1, of: path.places.count, from: target.emotion,
                        place: candidate.place)
                    : .mood(target.emotion, place: candidate.place))
        }
        if let last, path?.isWay == true {
            let common = common(last.row, candidate.row)
            if !common.isEmpty { reasons.append(.follows(last.song, common: common)) }
        }
        return Recommendation(
            song: candidate.song, row: candidate.row, score: candidate.relevance,
            features: library.features[candidate.row], reasons: reasons)
    }

    /// The way over the graph from a song that the listener likes, if it is a short one.
    private func likes(_ candidate: SongPool.Candidate) throws -> Reason? {
        let row = candidate.row
        let known = Set(liked.map(\.row)).subtracting([row])
        guard !known.isEmpty else { return nil }
        let neighbors = graph.neighbors(of: row).map(\.row)
        if let friend = neighbors.first(where: known.contains) {
            return .likesNeighbor(
                try library.catalog.song(at: friend),
                common: common(row, friend))
        }
        for bridge in neighbors {
            if let friend = graph.neighbors(of: bridge).map(\.row).first(where: known.contains) {
                return .likesNearby(
                    try library.catalog.song(at: friend),
                    through: try library.catalog.song(at: bridge))
            }
        }
        return nil
    }

    /// What two songs have in common that few others have.
    private func common(_ row: Int, _ other: Int) -> [AudioFeature] {
        let common = graph.space.features(
            commonTo: library.features[row], and: library.features[other])
        return Array(common.prefix(Self.namedFeatures))
    }
}
