import Graph

/// The songs that suit a wish best, to choose from.
enum SongPool {
    /// A song that suits a wish.
    struct Scored: Sendable {
        let row: Int
        /// Valence and energy, as shares of the library.
        let place: SIMD2<Double>
        /// How well the song suits the wish, 0 to 1.
        let relevance: Double
    }

    /// A song that may be chosen, with what the choice looks at.
    struct Candidate: Sendable {
        let row: Int
        let place: SIMD2<Double>
        let relevance: Double
        let song: Song
        /// What tells its artists and the piece, however they are written.
        let artists: Set<String>
        let piece: String

        init(scored: Scored, song: Song) {
            row = scored.row
            place = scored.place
            relevance = scored.relevance
            self.song = song
            artists = Set(song.artists.map(Self.folded))
            piece = Self.folded(song.title)
        }

        private static func folded(_ name: String) -> String { name.lowercased() }
    }
}
