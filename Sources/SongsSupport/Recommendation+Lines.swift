import Foundation
import Graph
public import Valence

extension Recommendation {
    /// The song for people: its place in the list, from 1, title, artist and year, then the link, then
    /// the reasons.
    public func lines(number: Int) -> [String] {
        let year = song.year.map { " (\($0))" } ?? ""
        let indent = "    "
        let head = "\(number < 10 ? " " : "")\(number)  \(song.nameWithArtist)\(year)"
        return [head, indent + song.link.absoluteString]
            + reasons.map { indent + $0.description }
    }
}
