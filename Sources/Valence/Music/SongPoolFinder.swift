import Foundation
import Graph
import Tensor

/// Finds the songs that suit a wish: those of the mood that a random walk comes by often.
struct SongPoolFinder {
    let library: SongLibrary
    let graph: SongGraph
    /// Where the songs should lie; nil where the mood does not matter.
    let path: MoodPath?
    let profile: ListenerProfile
    let seed: UInt64

    /// The share of walks that begin at songs which the listener likes, where there is a mood too.
    private static let likesShare = 0.3
    /// How much a walk from skipped songs counts against one from the others.
    private static let skipShare = 0.5
    /// At how many songs of the mood walks begin.
    private static let startCount = 256
    /// How much of its relevance a song has by the mood alone, wherever the walk goes.
    private static let moodShare = 0.5
    /// How far from its place a song of the mood may lie: the standard deviation of a Gaussian over
    /// shares of the library.
    private static let tolerance = 0.08

    private var plane: ValenceEnergyPlane { library.features.plane }

    /// The most relevant songs: `count` in all, or `count` for each place of a way.
    func pool(_ count: Int) throws -> [SongPool.Candidate] {
        let scored = scored()
        let chosen =
            if let path, path.isWay {
                best(count, forEachPlaceOf: path, of: scored)
            } else {
                scored.prefix(count)
            }
        let songs = try library.catalog.songs(at: chosen.map(\.row))
        return zip(chosen, songs).map { .init(scored: $0, song: $1) }
    }

    /// All songs that the walk comes by and that suit the mood, the most relevant first.
    private func scored() -> ArraySlice<SongPool.Scored> {
        let visits = visits()
        // Walks that begin at a liked song come by there far more often than anywhere else; measured by
        // that, all others would be alike.
        let liked = Set(profile.liked.map(\.row))
        let most = visits.lazy.filter { !liked.contains($0.key) }.map(\.value).max() ?? 0
        guard most > 0 else { return [] }
        let excluded = profile.excluded
        var scored: [SongPool.Scored] = []
        for (row, share) in visits where share > 0 && !excluded.contains(row) {
            let place = SIMD2<Double>(plane[row])
            // Shares of visits differ by powers of ten; their roots leave room for the mood.
            let closeness = min(share / most, 1).squareRoot()
            let suits = path.map { Self.suits($0.squaredDistance(to: place)) } ?? 1
            let relevance = suits * (Self.moodShare + (1 - Self.moodShare) * closeness)
            // A song that lies nowhere in the plane has no relevance for a mood.
            guard !relevance.isNaN else { continue }
            scored.append(.init(row: row, place: place, relevance: relevance))
        }
        // Among equals the row decides, so that the answer is always the same.
        return scored.sorted { ($1.relevance, $0.row) < ($0.relevance, $1.row) }[...]
    }

    /// How well a song suits the mood, 0 to 1, by its squared distance from where it should lie.
    static func suits(_ squaredDistance: Double) -> Double {
        exp(-squaredDistance / (2 * tolerance * tolerance))
    }

    /// The best songs around each place, in the order of the places.
    private func best(
        _ count: Int, forEachPlaceOf path: MoodPath, of scored: ArraySlice<SongPool.Scored>
    ) -> ArraySlice<SongPool.Scored> {
        var groups = [[SongPool.Scored]](repeating: [], count: path.places.count)
        for song in scored {
            let place = path.nearestPlace(to: song.place)
            if groups[place].count < count { groups[place].append(song) }
        }
        return groups.flatMap(\.self)[...]
    }

    /// The shares of a walk's visits by row, less those of a walk from skipped songs.
    private func visits() -> [Int: Double] {
        let walk = PersonalizedPageRank()
        var visits: [Int: Double] = [:]
        for (row, score) in walk.localScores(in: graph, restart: starts()) { visits[row] = score }
        guard !profile.skipped.isEmpty else { return visits }
        let skipped = Self.shares(of: profile.skipped, sum: 1)
        for (row, score) in walk.localScores(in: graph, restart: skipped) {
            if let visit = visits[row] { visits[row] = visit - Self.skipShare * score }
        }
        return visits
    }

    /// Where walks begin, with shares whose sum is 1; empty where there is nothing to begin with.
    private func starts() -> [(row: Int, mass: Double)] {
        var starts: [(row: Int, weight: Double)] = []
        let places = path?.places ?? []
        for place in places {
            starts += songs(near: place, count: max(Self.startCount / places.count, 1))
        }
        guard !starts.isEmpty else { return Self.shares(of: profile.liked, sum: 1) }
        guard !profile.liked.isEmpty else { return Self.shares(of: starts, sum: 1) }
        return Self.shares(of: starts, sum: 1 - Self.likesShare)
            + Self.shares(of: profile.liked, sum: Self.likesShare)
    }

    /// Songs around a place that the seed draws, with weights by their distance.
    ///
    /// Those nearest of a million lie so close to one another that they all sound the same, and
    /// would be the same ones each time.
    private func songs(near place: SIMD2<Double>, count: Int) -> [(row: Int, weight: Double)] {
        var drawn: [(lot: UInt64, row: Int, weight: Double)] = []
        var radius = Self.tolerance / 2
        repeat {
            drawn = []
            let (low, high) = (SIMD2<Float>(place - radius), SIMD2<Float>(place + radius))
            plane.forEachRow(from: low, through: high) { row in
                let distance = MoodPath.squaredDistance(place, SIMD2(plane[row]))
                guard distance <= radius * radius else { return }
                var lots = RandomSource(seed: seed, UInt64(row))
                drawn.append((lots.next(), row, Self.suits(distance)))
            }
            radius *= 1.5
        } while drawn.count < min(count, plane.count) && radius < 2
        drawn.sort { ($0.lot, $0.row) < ($1.lot, $1.row) }
        return drawn.prefix(count).map { ($0.row, $0.weight) }
    }

    /// Weights as shares with a sum.
    private static func shares(
        of weights: [(row: Int, weight: Double)], sum: Double
    ) -> [(row: Int, mass: Double)] {
        let total = weights.reduce(0) { $0 + $1.weight }
        return total > 0 ? weights.map { ($0.row, sum * $0.weight / total) } : []
    }
}
