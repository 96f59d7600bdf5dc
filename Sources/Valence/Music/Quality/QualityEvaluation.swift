public import Graph
import Imaging
import Tensor

/// Measures what the lists of different methods are like, for all moods of one or two emotions.
public struct QualityEvaluation: Sendable {
    private let library: SongLibrary
    private let space: FeatureSpace
    private let recommender: SongRecommender
    /// How many songs a list has.
    public let count: Int
    /// How many lists each method makes for a mood, with different seeds.
    public let repetitions: Int

    /// Prepares the measurement.
    ///
    /// - Throws: `RecommendationError.noGraph` if the graph has not been built.
    public init(
        _ library: SongLibrary, count: Int = 10, repetitions: Int = 10
    ) throws(RecommendationError) {
        recommender = try SongRecommender(library)
        self.library = library
        space = recommender.graph.space
        self.count = count
        self.repetitions = repetitions
    }

    /// Seven moods of one emotion, and 21 of two in equal parts.
    private static let moods: [[Float]] = Expression.allCases.flatMap { first in
        Expression.allCases.filter { $0.rawValue >= first.rawValue }.map { second in
            Expression.allCases.map { ($0 == first ? 0.5 : 0) + ($0 == second ? 0.5 : 0) }
        }
    }

    /// How many moods there are.
    public var moodCount: Int { Self.moods.count }

    /// Measures one method.
    ///
    /// - Throws: Errors of the catalog.
    public func quality(of method: ListMethod) throws -> ListQuality {
        var sums = ListQualitySums()
        var chance = RandomSource(seed: 0)
        for mood in Self.moods {
            let target = MoodTarget(probabilities: mood)
            let way = MoodPath(from: target, mode: method == .lift ? .lift : .match, count: count)
            for repetition in 0..<repetitions {
                let start = ContinuousClock.now
                let rows =
                    switch method {
                    case .match: try recommended(mood, .match, seed: UInt64(repetition))
                    case .lift: try recommended(mood, .lift, seed: UInt64(repetition))
                    case .nearest: library.features.plane.nearestRows(count, to: target.point)
                    case .labels: LabeledList(library.features).rows(count, for: target.emotion)
                    case .random:
                        (0..<count).map { _ in Int.random(in: 0..<library.count, using: &chance) }
                    }
                sums.add(time: ContinuousClock.now - start)
                let songs = try library.catalog.songs(at: rows)
                let list = rows.indices.map { position in
                    ListQualitySums.Item(
                        row: rows[position], artists: Set(songs[position].artists),
                        place: SIMD2(library.features.plane[rows[position]]),
                        target: way.places[min(position, way.places.count - 1)])
                }
                sums.add(list, isFirst: repetition == 0, distanceOfPair: distance)
            }
        }
        return sums.quality(unit: meanDistance())
    }

    private func recommended(_ mood: [Float], _ mode: MoodMode, seed: UInt64) throws -> [Int] {
        var wish = Wish(mood: mood)
        wish.mode = mode
        wish.count = count
        wish.seed = seed
        return try recommender.songs(for: wish).map(\.row)
    }

    /// The distance of two songs in the space of the graph.
    private func distance(_ row: Int, _ other: Int) -> Double {
        Metric.euclidean.weight(
            space.vector(of: library.features[row]),
            space.vector(of: library.features[other]))
    }

    /// The mean distance of two songs of the library, of ten thousand pairs drawn by chance.
    private func meanDistance() -> Double {
        var chance = RandomSource(seed: 1)
        let pairs = 10_000
        let sum = (0..<pairs).reduce(0.0) { sum, _ in
            sum
                + distance(
                    .random(in: 0..<library.count, using: &chance),
                    .random(in: 0..<library.count, using: &chance))
        }
        return sum / Double(pairs)
    }
}
