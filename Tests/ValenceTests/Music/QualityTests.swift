import Foundation
import Graph
import Imaging
import Testing

@testable import Valence

@Suite struct QualityTests {
    private func item(
        _ row: Int, _ artist: String, at place: SIMD2<Double>, target: SIMD2<Double> = [0.8, 0.8]
    ) -> ListQualitySums.Item {
        .init(row: row, artists: [artist], place: place, target: target)
    }

    @Test("the figures of two lists, by hand")
    func sums() {
        var sums = ListQualitySums()
        let distance = { (a: Int, b: Int) in Double(abs(a - b)) }
        sums.add(
            [
                item(0, "A", at: [0.8, 0.8]), item(4, "B", at: [0.8, 0.4]),
                item(6, "A", at: [0.5, 0.8]),
            ], isFirst: true, distanceOfPair: distance)
        sums.add([item(0, "A", at: [0.8, 0.8])], isFirst: true, distanceOfPair: distance)
        sums.add([item(9, "C", at: [0.8, 0.7])], isFirst: false, distanceOfPair: distance)
        for time in 1...100 { sums.add(time: .milliseconds(time)) }
        let quality = sums.quality(unit: 2)
        // (0 + 0.4 + 0.3 + 0 + 0.1) / 5
        #expect(abs(quality.distance - 0.16) < 1e-12)
        #expect(quality.inQuadrant == 3.0 / 5)
        #expect(quality.artistRepeats == 1.0 / 5)
        // (4 + 6 + 2) / 3, in units of 2
        #expect(quality.diversity == 2)
        #expect(quality.coverage == 3.0 / 4)
        // (0.4 + 0.5) / 2
        #expect(abs(quality.step - 0.45) < 1e-12)
        #expect(quality.rising == 0.5)
        #expect(quality.medianTime == .milliseconds(50) && quality.slowTime == .milliseconds(99))
    }

    @Test func targetsInTheMiddleHaveNoQuadrant() {
        var sums = ListQualitySums()
        sums.add(
            [item(0, "A", at: [0.9, 0.9], target: [0.55, 0.9])], isFirst: true,
            distanceOfPair: { _, _ in 0 })
        #expect(sums.quality(unit: 1).inQuadrant.isNaN)
    }

    private func features(_ places: [SIMD2<Double>]) -> SongFeatures {
        SongFeatures(
            places.map { place in
                var song = AudioFeatures()
                song[.valence] = place.x
                song[.energy] = place.y
                return song
            })
    }

    @Test func labeledListsAreTheFirstOfTheirMood() {
        let list = LabeledList(
            features([
                [0.4, 0.95], [0.6, 0.3], [0.8, 0.6], [0.3, 0.9], [0.2, 0.3], [0.65, 0.25],
            ]))
        #expect(list.rows(2, for: .angry) == [0, 3])
        #expect(list.rows(1, for: .happy) == [0])
        #expect(list.rows(5, for: .fear) == [1, 5])
    }

    @Test("the nearest places are those of all songs sorted by distance")
    func nearestRows() {
        let plane = features((0..<500).map { [Double($0 * 37 % 500), Double($0 * 91 % 500)] }).plane
        for target in [SIMD2(0.5, 0.5), [0, 1], [0.93, 0.07]] {
            let expected = (0..<500).sorted {
                let a = MoodPath.squaredDistance(target, SIMD2(plane[$0]))
                let b = MoodPath.squaredDistance(target, SIMD2(plane[$1]))
                return (a, $0) < (b, $1)
            }
            #expect(plane.nearestRows(12, to: target) == Array(expected.prefix(12)))
            #expect(plane.nearestRows(900, to: target) == expected)
        }
    }

    @Test func neighborsByTheSameArtist() throws {
        // Pairs of songs that are the same, by one artist each, but for the last pair.
        let places = (0..<12).map { SIMD2(Double($0 / 2), Double($0 / 2 % 3)) }
        let graph = try SongGraph.build(
            SongGraph.Recipe(.nearest(1, mutual: false)), over: features(places))
        let artists = (0..<12).map { Set([$0 < 10 ? "artist \($0 / 2)" : "artist \($0)"]) }
        let quality = NeighborQuality(of: graph, artists: artists)
        #expect(quality.sameArtist == 10.0 / 12)
        let chance: Double = 10 / 132
        #expect(abs(quality.chance - chance) < 1e-12)
    }
}
