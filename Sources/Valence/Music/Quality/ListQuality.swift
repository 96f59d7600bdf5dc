/// What lists of songs for many moods are like, on average.
public struct ListQuality: Hashable, Sendable {
    /// The mean distance from the target in valence and energy, as shares of the library; of a way,
    /// from the place that a song stands for.
    public var distance: Double
    /// The share of songs on the target's side of the middle in valence and in energy, for targets
    /// that are clearly on one side of each.
    public var inQuadrant: Double
    /// The share of songs whose artist came before in the same list.
    public var artistRepeats: Double
    /// The mean distance of two songs of a list, in relation to that of two songs of the library.
    public var diversity: Double
    /// How many different songs there are in the first lists of all moods, in relation to their places.
    public var coverage: Double
    /// The mean distance in the plane from one song of a list to the next.
    public var step: Double
    /// The share of steps in which valence does not fall.
    public var rising: Double
    /// How long a list takes: half of them take less.
    public var medianTime: Duration
    /// How long a list takes: 99 of 100 take less.
    public var slowTime: Duration
}

/// Sums from which the quality of lists is computed.
struct ListQualitySums {
    private var distance = Mean()
    private var inQuadrant = Mean()
    private var artistRepeats = Mean()
    private var diversity = Mean()
    private var step = Mean()
    private var rising = Mean()
    private var rows: [Int] = []
    private var times: [Duration] = []

    /// How far a target lies from the middle to be clearly on one side.
    private static let clearance = 0.1

    private struct Mean {
        var sum = 0.0
        var count = 0
        var value: Double { count > 0 ? sum / Double(count) : .nan }

        mutating func add(_ value: Double) {
            sum += value
            count += 1
        }
    }

    /// A song of a list.
    struct Item {
        let row: Int
        let artists: Set<String>
        /// Where it lies in the plane, and where it should.
        let place: SIMD2<Double>
        let target: SIMD2<Double>
    }

    /// Adds how long a list took.
    mutating func add(time: Duration) { times.append(time) }

    /// Adds the songs of a list; `isFirst`, whether it is the first of its mood.
    mutating func add(_ songs: [Item], isFirst: Bool, distanceOfPair: (Int, Int) -> Double) {
        if isFirst { rows += songs.map(\.row) }
        let middle = SIMD2(0.5, 0.5)
        var seen = Set<String>()
        for (position, song) in songs.enumerated() {
            let target = song.target
            distance.add(MoodPath.squaredDistance(song.place, target).squareRoot())
            if abs(target.x - 0.5) > Self.clearance, abs(target.y - 0.5) > Self.clearance {
                inQuadrant.add((song.place .> middle) == (target .> middle) ? 1 : 0)
            }
            artistRepeats.add(seen.isDisjoint(with: song.artists) ? 0 : 1)
            seen.formUnion(song.artists)
            for other in songs[..<position] {
                diversity.add(distanceOfPair(song.row, other.row))
            }
            if position > 0 {
                let last = songs[position - 1].place
                step.add(MoodPath.squaredDistance(song.place, last).squareRoot())
                rising.add(song.place.x >= last.x ? 1 : 0)
            }
        }
    }

    /// The quality of the lists; `unit` is the mean distance of two songs of the library.
    func quality(unit: Double) -> ListQuality {
        ListQuality(
            distance: distance.value, inQuadrant: inQuadrant.value,
            artistRepeats: artistRepeats.value, diversity: diversity.value / unit,
            coverage: Double(Set(rows).count) / Double(max(rows.count, 1)), step: step.value,
            rising: rising.value, medianTime: time(at: 0.5), slowTime: time(at: 0.99))
    }

    /// The time below which a share of the lists took.
    private func time(at share: Double) -> Duration {
        let sorted = times.sorted()
        let position = Int((share * Double(sorted.count)).rounded(.up)) - 1
        return sorted.isEmpty ? .zero : sorted[max(position, 0)]
    }
}
