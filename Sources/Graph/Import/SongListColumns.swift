import Files

/// Where a song list has what: its columns stand in any order and have one of several names.
struct SongListColumns: Sendable {
    /// Columns of text, each with the names that lists give it, the best one first.
    enum Role: Int, CaseIterable {
        case id, title, artists, genres, emotions, year, popularity

        fileprivate var names: [String] {
            switch self {
            case .id: ["track_id", "id", "spotify_id", "uri", "track_uri", "spotify_uri"]
            case .title: ["track_name", "title", "name", "song", "song_name", "track"]
            case .artists: ["artist_name", "artists", "artist", "artist_names", "track_artist"]
            case .genres: ["genre", "track_genre", "genres", "playlist_genre"]
            case .emotions: ["emotion", "emotions", "mood"]
            case .year:
                ["year", "release_date", "album_release_date", "track_album_release_date"]
            case .popularity: ["popularity", "track_popularity"]
            }
        }
    }

    /// The number of columns.
    let count: Int
    /// The column of each audio feature; nil where the list has none.
    let features: [Int?]
    private let roles: [Int?]

    /// Looks at the names of the columns, without regard to case.
    ///
    /// - Throws: `FileError` if there is no title, artist, valence or energy.
    init(of reader: CSVReader) throws(FileError) {
        let header = reader.header.map { $0.lowercased() }
        func column(_ names: [String]) -> Int? {
            names.lazy.compactMap { header.firstIndex(of: $0) }.first
        }
        count = header.count
        features = AudioFeature.allCases.map { column($0.columnNames) }
        roles = Role.allCases.map { column($0.names) }

        let required: [(name: String, column: Int?)] = [
            ("track_name", self[.title]), ("artist_name", self[.artists]),
            ("valence", features[AudioFeature.valence.rawValue]),
            ("energy", features[AudioFeature.energy.rawValue]),
        ]
        let missing = required.filter { $0.column == nil }.map(\.name)
        guard missing.isEmpty else {
            let shown = reader.header.prefix(30).map { $0.prefix(30) }
            throw FileError(
                .damaged, at: reader.location,
                "has no column \(missing.joined(separator: ", ")). "
                    + "Its columns are: \(shown.joined(separator: ", "))"
                    + (header.count > shown.count ? ", ..." : "."))
        }
    }

    /// The column of a role; nil where the list has none.
    subscript(role: Role) -> Int? { roles[role.rawValue] }
}

extension AudioFeature {
    /// The names that lists give the feature.
    fileprivate var columnNames: [String] {
        switch self {
        case .duration: ["duration_ms", "duration", "length"]
        case .timeSignature: ["time_signature"]
        default: ["\(self)"]
        }
    }

    /// What Spotify gives: values outside are no error, but a list may have been rescaled.
    var usualRange: ClosedRange<Double> {
        switch self {
        case .key: -1...11
        case .loudness: -60...6
        case .tempo: 0...300
        case .duration: 0...(.infinity)
        case .timeSignature: 0...7
        default: 0...1
        }
    }
}
