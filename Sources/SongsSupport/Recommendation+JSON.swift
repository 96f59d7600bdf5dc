public import CommandSupport
import Foundation
import Graph
public import Valence

extension Recommendation {
    /// The song as an object with id, title, artist, link, score, valence, energy and reasons.
    public var json: JSONValue {
        [
            "trackID": .string(song.id),
            "title": .string(song.title),
            "artist": .string(song.artists.joined(separator: ", ")),
            "url": .string(song.link.absoluteString),
            "score": .number((score * 1e4).rounded() / 1e4),
            "valence": .number(features[.valence]),
            "energy": .number(features[.energy]),
            "why": .array(reasons.map { .string($0.description) }),
        ]
    }
}
