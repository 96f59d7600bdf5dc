import Graph

extension ValenceEnergyPlane {
    /// The songs nearest to a place, the nearest first; of equally near ones the lower row.
    func nearestRows(_ count: Int, to place: SIMD2<Double>) -> [Int] {
        let wanted = min(count, self.count)
        var radius = 0.01
        while true {
            var found: [(distance: Double, row: Int)] = []
            forEachRow(from: SIMD2(place - radius), through: SIMD2(place + radius)) { row in
                let distance = MoodPath.squaredDistance(place, SIMD2(self[row]))
                // What lies in a corner of the square may be farther than what lies outside.
                if distance <= radius * radius { found.append((distance, row)) }
            }
            if found.count >= wanted || radius > 2 {
                return found.sorted { ($0.distance, $0.row) < ($1.distance, $1.row) }
                    .prefix(count).map(\.row)
            }
            radius *= 2
        }
    }
}
