/// A song of a library: what its list says of it besides its audio features.
public struct Song: Hashable, Codable, Sendable {
    /// The id of the track, unique within a library: Spotify's where the list comes from there.
    public var id: String
    /// The title.
    public var title: String
    /// The names of the artists, the first one foremost.
    public var artists: [String]
    /// The year of the release, or the first year of its decade.
    public var year: Int?
    /// The genres, none where the list has no such column.
    public var genres: [String]
    /// How popular the song is, 0 to 100.
    public var popularity: Int?
    /// The emotions that the list labels the song with.
    public var emotions: [String]

    /// Creates a song.
    public init(
        id: String, title: String, artists: [String], year: Int? = nil, genres: [String] = [],
        popularity: Int? = nil, emotions: [String] = []
    ) {
        self.id = id
        self.title = title
        self.artists = artists
        self.year = year
        self.genres = genres
        self.popularity = popularity
        self.emotions = emotions
    }

    /// The first year of the decade of the release: 1990.
    public var decade: Int? { year.map(Self.decade) }

    /// The first year of the decade of a year.
    static func decade(of year: Int) -> Int { year - (year % 10 + 10) % 10 }
}
