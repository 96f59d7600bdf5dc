import Foundation
import Graph
import Imaging
import Testing
import Valence
import _TestSupport

@Suite struct EmbeddedSongsTests {
    private func embedded() throws -> SongLibrary {
        try SongLibrary.embedded(environment: ["XDG_DATA_HOME": "/nonexistent"])
    }

    @Test func theyAreSpreadOverDecadesAndMoods() throws {
        let library = try embedded()
        #expect(library.count >= 300)
        var songs: [Song] = []
        try library.catalog.forEachSong { songs.append($1) }
        for decade in stride(from: 1950, through: 2020, by: 10) {
            #expect(songs.filter { $0.decade == decade }.count > 10, "\(decade)")
        }
        #expect(Set(songs.map(\.id)).count == songs.count)
        #expect(
            songs.allSatisfy { !$0.title.isEmpty && !$0.artists.isEmpty && $0.genres.count == 1 })
        #expect(Set(songs.flatMap(\.artists)).count > songs.count / 2)
        for quadrant in [SIMD2(0.25, 0.25), [0.25, 0.75], [0.75, 0.25], [0.75, 0.75]] {
            let (low, high) = (SIMD2<Float>(quadrant - 0.25), SIMD2<Float>(quadrant + 0.25))
            #expect(library.features.plane.rows(from: low, through: high).count > 30, "\(quadrant)")
        }
        let shares: [AudioFeature] = [
            .danceability, .energy, .mode, .speechiness, .acousticness, .instrumentalness, .valence,
        ]
        for row in 0..<library.count {
            #expect(shares.allSatisfy { (0...1).contains(library.features[row, $0]) })
            #expect((50...220).contains(library.features[row, .tempo]))
        }
    }

    @Test(arguments: Expression.allCases)
    func everyMoodHasSongs(emotion: Imaging.Expression) throws {
        let songs = try SongRecommender(embedded()).songs(for: Wish(emotion))
        #expect(songs.count == 10)
        #expect(songs.allSatisfy { !$0.reasons.isEmpty })
    }
}
