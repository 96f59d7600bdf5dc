import Graph

/// Songs that are made up, all different.
func sampleSongs(_ count: Int = 100) -> [(song: Song, features: AudioFeatures)] {
    (0..<count).map { index in
        var features = AudioFeatures()
        for feature in AudioFeature.allCases {
            features[feature] = Double((index * (2 * feature.rawValue + 3)) % 101) / 100
        }
        let song = Song(
            id: "id\(index)", title: "Song \(index)", artists: ["Artist \(index % 7)"],
            year: index % 5 == 0 ? nil : 1960 + index % 60, genres: ["genre \(index % 3)"],
            popularity: index % 4 == 0 ? nil : index % 101)
        return (song, features)
    }
}
