/// The audio features that Spotify gives to a track, in the order of its lists.
///
/// Source: the reference of Spotify's Web API, "audio features".
public enum AudioFeature: Int, CaseIterable, Codable, Sendable {
    /// How suitable the track is for dancing, 0 to 1.
    case danceability
    /// Intensity and activity, 0 to 1.
    case energy
    /// The pitch class, 0 (C) to 11 (B); -1 where none was found.
    case key
    /// The mean loudness in decibels, usually -60 to 0.
    case loudness
    /// 1 for major, 0 for minor.
    case mode
    /// The presence of spoken words, 0 to 1.
    case speechiness
    /// The confidence that the track is acoustic, 0 to 1.
    case acousticness
    /// The likelihood that there are no vocals, 0 to 1.
    case instrumentalness
    /// The likelihood that there is an audience, 0 to 1.
    case liveness
    /// How positive the music sounds, 0 to 1.
    case valence
    /// Beats per minute.
    case tempo
    /// The length in milliseconds.
    case duration
    /// Beats in a bar, 3 to 7.
    case timeSignature

    /// The eleven features from danceability to tempo, that lists have and similarity is made of.
    public static let eleven = allCases.prefix(11)
}
