import CommandSupport
import Graph

extension Song {
    /// One line for a person: title, artists, year, id.
    var line: String {
        let year = year.map { " (\($0))" } ?? ""
        return "\(title) - \(artists.joined(separator: ", "))\(year)  \(id)"
    }

    /// What is known of the song besides its features.
    var object: JSONObject {
        [
            "trackID": .string(id), "title": .string(title),
            "artists": .array(artists.map { .string($0) }),
            "year": year.map { .integer($0) } ?? .null,
            "genres": .array(genres.map { .string($0) }),
            "popularity": popularity.map { .integer($0) } ?? .null,
            "emotions": .array(emotions.map { .string($0) }),
        ]
    }
}
