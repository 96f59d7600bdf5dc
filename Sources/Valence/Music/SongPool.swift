import Foundation
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
        /// Its artists and its title, so that releases and versions of it are told to be the same.
        private let artists: Set<String>
        private let title: String

        init(scored: Scored, song: Song) {
            row = scored.row
            place = scored.place
            relevance = scored.relevance
            self.song = song
            artists = Set(song.artists.map { Self.name($0, until: [" feat", " ft."]) })
            title = Self.name(song.title, until: [" - ", " (", " ["])
        }

        /// Whether a list has room for one of the two only: an artist or a title comes once.
        func excludes(_ other: Candidate) -> Bool {
            title == other.title || !artists.isDisjoint(with: other.artists)
        }

        /// A name in small letters, up to what guests and versions are named after.
        private static func name(_ name: String, until marks: [String]) -> String {
            let text = FoldedName(name).text
            let ends = marks.compactMap { text.range(of: $0)?.lowerBound }
            // A name may begin with a bracket.
            let end = ends.filter { $0 > text.startIndex }.min() ?? text.endIndex
            return String(text[..<end])
        }
    }
}
