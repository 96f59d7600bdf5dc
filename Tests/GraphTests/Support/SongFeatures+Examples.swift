import Graph
import Tensor

extension SongFeatures {
    /// Songs with features as lists have them, some of them twice.
    static func example(_ count: Int, seed: UInt64 = 1) -> SongFeatures {
        var random = RandomSource(seed: seed)
        var songs: [AudioFeatures] = []
        for _ in 0..<count {
            if let last = songs.last, Int.random(in: 0..<20, using: &random) == 0 {
                songs.append(last)
                continue
            }
            var song = AudioFeatures()
            for feature in AudioFeature.allCases {
                song[feature] = Double.random(in: 0...1, using: &random)
            }
            song[.key] = Double(Int.random(in: 0...11, using: &random))
            song[.mode] = Double(Int.random(in: 0...1, using: &random))
            song[.loudness] = Double.random(in: -30...0, using: &random)
            song[.tempo] = Double.random(in: 60...200, using: &random)
            song[.duration] = Double.random(in: 60_000...400_000, using: &random)
            song[.timeSignature] = 4
            songs.append(song)
        }
        return SongFeatures(songs)
    }
}
