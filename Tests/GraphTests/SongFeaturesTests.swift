import Files
import Foundation
import Testing
import _TestSupport

@testable import Graph

@Suite struct SongFeaturesTests {
    private let songs = sampleSongs().map(\.features)

    @Test func featuresComeBack() throws {
        try withTemporaryFolder { folder in
            let url = folder.appending(path: "features")
            let written = SongFeatures(songs)
            try written.write(to: url)
            let read = try SongFeatures(contentsOf: url)
            #expect(read.count == songs.count && read.checksum == written.checksum)
            for row in songs.indices {
                #expect(read[row] == songs[row] && written[row] == songs[row])
                #expect(read.percentiles(of: row) == written.percentiles(of: row))
            }
            #expect(
                read.plane.rows(from: [0, 0], through: [0.5, 0.5])
                    == written.plane.rows(from: [0, 0], through: [0.5, 0.5]))
            try SongFeatures.verify(contentsOf: url)
        }
    }

    @Test("missing features stay missing")
    func missing() throws {
        try withTemporaryFolder { folder in
            var song = AudioFeatures()
            song[.valence] = -1.5
            let url = folder.appending(path: "features")
            try SongFeatures([song]).write(to: url)
            let read = try SongFeatures(contentsOf: url)
            #expect(read[0, .valence] == -1.5 && read[0, .tempo].isNaN)
        }
    }

    @Test("other features have another checksum")
    func checksum() {
        var others = songs
        others[17][.tempo] += 1
        #expect(SongFeatures(others).checksum != SongFeatures(songs).checksum)
        #expect(SongFeatures(songs).checksum == SongFeatures(songs).checksum)
    }
}
