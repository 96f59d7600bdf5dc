import Graph

/// Finds songs that lead along a way from a mood to a better one, each near its place and alike to
/// the one before.
///
/// A beam search keeps the best beginnings of the list, so that an early choice which leads nowhere
/// is given up. No artist comes twice while there are others.
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

    /// A beginning of the list, as positions in the candidates.
    private struct Beginning {
        var songs: [Int] = []
        var artists: Set<String> = []
        var merit = 0.0
    }

    /// Chooses a song for each place, as positions in the candidates.
    ///
    /// Fewer where the candidates do not suffice.
    func choose(
        from candidates: [SongPool.Candidate], similarity: CandidateSimilarity
    ) -> [Int] {
        var beam = [Beginning()]
        for place in path.places {
            let near = nearest(to: place, in: candidates)
            var longer = beam.flatMap { beginning in
                extensions(of: beginning, by: near, in: candidates, similarity: similarity)
            }
            if longer.isEmpty { continue }
            // The order of the songs decides among equals, so that the answer is always the same.
            longer.sort {
                $0.merit != $1.merit
                    ? $0.merit > $1.merit : $0.songs.lexicographicallyPrecedes($1.songs)
            }
            beam = Array(longer.prefix(Self.width))
        }
        return beam[0].songs
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

    private func extensions(
        of beginning: Beginning, by songs: [(position: Int, merit: Double)],
        in candidates: [SongPool.Candidate], similarity: CandidateSimilarity
    ) -> [Beginning] {
        songs.compactMap { position, merit in
            let candidate = candidates[position]
            guard !beginning.songs.contains(position),
                beginning.artists.isDisjoint(with: candidate.artists)
            else { return nil }
            var longer = beginning
            longer.merit += merit
            if let last = beginning.songs.last {
                guard candidate.place.x >= candidates[last].place.x - Self.slack else {
                    return nil
                }
                longer.merit += Self.smoothness * similarity(last, position)
            }
            longer.songs.append(position)
            longer.artists.formUnion(candidate.artists)
            return longer
        }
    }
}
