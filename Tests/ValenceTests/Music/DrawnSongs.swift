import Graph
import Tensor

/// A list of songs that a test draws.
enum DrawnSongs {
    /// Songs all over the plane of valence and energy, by artists that each have a few of them.
    static func library(
        _ count: Int = 800, seed: UInt64 = 1, perArtist: Int = 4
    ) throws -> SongLibrary {
        var random = RandomSource(seed: seed)
        let songs = (0..<count).map { row in
            var features = AudioFeatures()
            for feature in AudioFeature.eleven {
                features[feature] = .random(in: 0...1, using: &random)
            }
            features[.key] = Double(Int.random(in: 0..<12, using: &random))
            features[.mode] = Double(Int.random(in: 0...1, using: &random))
            features[.loudness] = .random(in: -20 ... -3, using: &random)
            features[.tempo] = .random(in: 70...180, using: &random)
            let song = Song(
                id: "song-\(row)", title: "Title \(row)", artists: ["Artist \(row / perArtist)"],
                year: 1960 + row % 60)
            return (song: song, features: features)
        }
        var library = try SongLibrary(songs)
        try library.buildGraph(SongGraph.Recipe(.nearest(10, mutual: false)))
        return library
    }
}
