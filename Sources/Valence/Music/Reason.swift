public import Graph
public import Imaging

/// Why a song was chosen.
public enum Reason: Hashable, Sendable {
    /// Its valence and energy, as shares of the library, are those of the mood's music; the emotion
    /// is nil for a mood between several.
    case mood(Expression?, place: SIMD2<Double>)
    /// It is a step of a way from the mood to a better one.
    case step(Int, of: Int, from: Expression?, place: SIMD2<Double>)
    /// It comes after that song, and both have this in common.
    case follows(Song, common: [AudioFeature])
    /// It is a neighbor of a song that the listener likes; both have this in common.
    case likesNeighbor(Song, common: [AudioFeature])
    /// Between it and a song that the listener likes there is one song, a neighbor of both.
    case likesNearby(Song, through: Song)
}

extension Reason: CustomStringConvertible {
    /// The reason as words for the listener.
    public var description: String {
        switch self {
        case .mood(let emotion, let place):
            "\(Self.words(for: place)), which suits \(emotion.noun)"
        case .step(let step, let count, let emotion, let place):
            "step \(step) of \(count) from \(emotion.noun) to brighter: "
                + Self.words(for: place)
        case .follows(let song, let common):
            "goes with \(song.nameWithArtist)" + Self.words(for: common)
        case .likesNeighbor(let song, let common):
            "like \(song.nameWithArtist), which you like" + Self.words(for: common)
        case .likesNearby(let song, let bridge):
            "near \(song.nameWithArtist), which you like, by way of \(bridge.nameWithArtist)"
        }
    }

    private static func words(for common: [AudioFeature]) -> String {
        common.isEmpty ? "" : ", in " + common.map(\.words).joined(separator: " and ")
    }

    /// Shares of the library: "happier than 84 % and more energetic than 71 %".
    private static func words(for place: SIMD2<Double>) -> String {
        let (valence, energy) = (percent(place.x), percent(place.y))
        return "happier than \(valence) and more energetic than \(energy) of the songs"
    }

    private static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
}

extension Expression? {
    /// The emotion as a noun: "sadness".
    fileprivate var noun: String {
        switch self {
        case .angry: "anger"
        case .disgust: "disgust"
        case .fear: "fear"
        case .happy: "happiness"
        case .neutral: "a neutral mood"
        case .sad: "sadness"
        case .surprise: "surprise"
        case nil: "the mood"
        }
    }
}

extension Song {
    /// The title, and who plays it: "Roxanne by The Police".
    public var nameWithArtist: String {
        artists.isEmpty ? title : "\(title) by \(artists.joined(separator: ", "))"
    }
}

extension AudioFeature {
    /// What listeners call the feature.
    fileprivate var words: String {
        switch self {
        case .valence: "mood"
        case .duration: "length"
        case .timeSignature: "meter"
        case .speechiness: "spoken words"
        case .acousticness: "acoustic sound"
        case .instrumentalness: "how little is sung"
        case .liveness: "live sound"
        case .danceability, .energy, .key, .loudness, .mode, .tempo: String(describing: self)
        }
    }
}
