public import Foundation
public import Graph

extension Song {
    /// Where one can listen to the song: the track where its id is Spotify's, else a search for it.
    public var link: URL {
        var link = URLComponents()
        link.scheme = "https"
        link.host = "open.spotify.com"
        if Self.isSpotifyID(id) {
            link.path = "/track/\(id)"
        } else {
            let words = ([title] + artists).joined(separator: " ")
            let text = words.addingPercentEncoding(withAllowedCharacters: .alphanumerics)
            link.percentEncodedPath = "/search/" + (text ?? "")
        }
        guard let url = link.url else { preconditionFailure("\(link) is a link") }
        return url
    }
}
