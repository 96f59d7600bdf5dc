/// The places in the plane of valence and energy that a list of songs goes through.
///
/// One place for songs that match a mood; as many as there are songs for a way from one to another.
struct MoodPath: Hashable, Sendable {
    /// Places as shares of a library, at least one.
    let places: [SIMD2<Double>]

    /// The path for a mood: one place, or evenly spaced ones up to `MoodTarget.better`.
    init(from target: MoodTarget, mode: MoodMode, count: Int) {
        guard mode == .lift, count > 1 else {
            places = [target.point]
            return
        }
        let way = MoodTarget.better - target.point
        places = (0..<count).map { target.point + Double($0) / Double(count - 1) * way }
    }

    /// Whether the places follow each other, one for each song.
    var isWay: Bool { places.count > 1 }

    /// The position of the place that is nearest to a point, the first of equally near ones.
    func nearestPlace(to point: SIMD2<Double>) -> Int {
        var nearest = (position: 0, distance: Double.infinity)
        for (position, place) in places.enumerated() {
            let distance = Self.squaredDistance(point, place)
            if distance < nearest.distance { nearest = (position, distance) }
        }
        return nearest.position
    }

    /// The squared distance to the nearest place.
    func squaredDistance(to point: SIMD2<Double>) -> Double {
        Self.squaredDistance(point, places[nearestPlace(to: point)])
    }

    /// The squared distance of two points.
    static func squaredDistance(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> Double {
        let difference = a - b
        return (difference * difference).sum()
    }
}
