import Graph

/// Finds songs that lead along a way from a mood to a better one, each near its place and alike to
/// the one before.
///
/// A beam search keeps the best beginnings of the list, so that an early choice which leads nowhere
/// is given up. An artist or a title comes twice only where there are no others.
struct MoodWay {
    let path: MoodPath

    /// How many beginnings are kept.
    private static let width = 16
    /// How many songs are tried at each place.
    private static let breadth = 24
    /// How much it counts that a song is alike to the one before.
    private static let smoothness = 0.5
    /// How far valence may fall from one song to the next, as a share of the library.
    private static let slack = 0.03

    /// A song of the list: its position in the candidates, and the place that it stands for.
    typealias Step = (song: Int, place: Int)

    /// A beginning of the list.
    private struct Beginning {
        var steps: [Step] = []
        var merit = 0.0
    }

    /// Chooses a song for each place, but for those where there is none.
    func choose(
        from candidates: [SongPool.Candidate], similarity: CandidateSimilarity
    ) -> [Step] {
        var beam = [Beginning()]
        for place in path.places.indices {
            let near = nearest(to: path.places[place], in: candidates)
            func longer(repeating: Bool) -> [Beginning] {
                beam.flatMap { beginning in
                    extensions(
                        of: beginning, to: place, by: near, in: candidates, repeating: repeating,
                        similarity: similarity)
                }
            }
            var next = longer(repeating: false)
            if next.isEmpty { next = longer(repeating: true) }
            if next.isEmpty { continue }
            // The order of the songs decides among equals, so that the answer is always the same.
            next.sort {
                $0.merit != $1.merit
                    ? $0.merit > $1.merit
                    : $0.steps.lazy.map(\.song)
                        .lexicographicallyPrecedes($1.steps.lazy.map(\.song))
            }
            beam = Array(next.prefix(Self.width))
        }
        return beam[0].steps
    }

    /// The songs to try at a place, with what they gain there.
    private func nearest(
        to place: SIMD2<Double>, in candidates: [SongPool.Candidate]
    ) -> [(position: Int, merit: Double)] {
        let scored = candidates.indices.map { position in
            let candidate = candidates[position]
            let suits = SongPoolFinder.suits(MoodPath.squaredDistance(place, candidate.place))
            return (position: position, merit: suits * candidate.relevance)
        }
        return Array(
            scored.sorted { ($1.merit, $0.position) < ($0.merit, $1.position) }
                .prefix(Self.breadth))
    }

    /// Beginnings that are longer by a song; `repeating`, whether an artist or a title may come again.
    private func extensions(
        of beginning: Beginning, to place: Int, by songs: [(position: Int, merit: Double)],
        in candidates: [SongPool.Candidate], repeating: Bool, similarity: CandidateSimilarity
    ) -> [Beginning] {
        songs.compactMap { position, merit in
            let candidate = candidates[position]
            let isNew = beginning.steps.allSatisfy { step in
                step.song != position
                    && (repeating || !candidates[step.song].excludes(candidate))
            }
            guard isNew else { return nil }
            var longer = beginning
            longer.merit += merit
            if let last = beginning.steps.last?.song {
                guard candidate.place.x >= candidates[last].place.x - Self.slack else {
                    return nil
                }
                longer.merit += Self.smoothness * similarity(last, position)
            }
            longer.steps.append((position, place))
            return longer
        }
    }
}
