@testable import Graph

/// Songs with artists in common, names in several cases, and texts that files have to escape.
enum KnownSongs {
    /// Titles that are hard to write down.
    static let hostileTitles = [
        "Rock & Roll <live> \"quoted\" 'single'", "back\\slash \\n and \\u0041",
        "line\nbreak\r\ttab",
        "control \u{1}\u{8}\u{1F} \u{7F}", "no character \u{FFFE}\u{FFFF} end",
        "שלום עולם", "مرحبا",
        "🎵👨‍👩‍👧 emoji", "]]> <!-- --> <?pi?> &amp; &#10;", "e\u{301} and é", "{\"json\": [1]}", "",
        "  spaces  ", "\u{2028}\u{2029} separators", "<b>ffl ﬀ\u{FEFF}",
    ]

    /// Sixty songs, some without a year, a key, or valence and energy.
    static let all = (0..<60).map { index in
        var features = AudioFeatures()
        for feature in AudioFeature.allCases {
            features[feature] = Double((index * (7 * feature.rawValue + 11)) % 61) / 61
        }
        features[.key] = index % 9 == 0 ? -1 : Double(index % 12)
        features[.mode] = Double(index / 12 % 2)
        features[.tempo] = 60 + Double(index * 37 % 120)
        features[.duration] = 120_000 + Double(index) * 1234.5
        let artists = [
            "Nina Simone", "Muse", "NINA SIMONE", "Sigur Rós", "A & B <c>", "Muse", "Air",
        ]
        let song = Song(
            id: id(index),
            title: index < hostileTitles.count ? hostileTitles[index] : "Song \(index / 2)",
            artists: index % 10 == 4
                ? ["Air", "Sigur Rós", "AIR"] : [artists[index * 5 % artists.count]],
            year: index % 8 == 5 ? nil : 1955 + index,
            genres: [[], ["Jazz"], ["rock", "Art \"rock\"", "ROCK"]][index % 3],
            popularity: index % 4 == 1 ? nil : index,
            emotions: index % 6 == 0 ? ["happy"] : index % 6 == 3 ? ["Sad", "Calm"] : [])
        return (song: song, features: features)
    }

    /// Ids of Spotify's form, and others.
    private static func id(_ index: Int) -> String {
        switch index {
        case 3: "id with spaces & <signs> \"é\""
        case 7: "artist:muse"
        case 11: "urn:x:%20"
        default: String("4uLU6hMCjMI75M1A2tKU00".dropLast(2)) + String(index + 10)
        }
    }

    /// What is known of them.
    static func knowledge(
        _ recipe: SongGraph.Recipe? = .init(.nearest(5, mutual: false))
    ) throws -> KnowledgeGraph {
        var library = try SongLibrary(all)
        if let recipe { try library.buildGraph(recipe) }
        return KnowledgeGraph(library)
    }
}
