public import Foundation

extension SongImport {
    /// Reads a list that is small enough to be kept in memory.
    ///
    /// - Throws: `FileError` if the list cannot be read or has no songs, or a row is bad and the
    ///   import strict.
    /// - Returns: The songs in the order of the list, each once.
    public func songs(in list: URL) throws -> [(song: Song, features: AudioFeatures)] {
        var intake = SongIntake(self, of: try SongListReader(contentsOf: list, threads: threads))
        var songs: [Song] = []
        try intake.readAll(progress: { _, _, _ in }) { record, repeated in
            let song = Song(record)
            if let repeated { songs[repeated].unite(with: song) } else { songs.append(song) }
        }
        let values = intake.features.flatMap(\.self)
        return songs.enumerated().map { row, song in
            var features = AudioFeatures()
            for feature in AudioFeature.allCases {
                features[feature] = values[row * SongFeatures.width + feature.rawValue]
            }
            return (song, features)
        }
    }
}

extension Song {
    /// Takes over the genres and emotions of another row of the song.
    fileprivate mutating func unite(with other: Song) {
        genres += other.genres.filter { !genres.contains($0) }
        emotions += other.emotions.filter { !emotions.contains($0) }
    }
}
