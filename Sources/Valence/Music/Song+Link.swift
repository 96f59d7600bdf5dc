public import Foundation
public import Graph

extension Song {
    /// Where one can listen to the song: the track where its id is Spotify's, else a search for it.
    public var link: URL {
        var link = URLComponents()
        link.scheme = "https"
        link.host = "open.spotify.com"
        if hasSpotifyID {
            link.path = "/track/\(id)"
        } else {
            let words = ([title] + artists).joined(separator: " ")
            let text = words.addingPercentEncoding(withAllowedCharacters: .alphanumerics)
            link.percentEncodedPath = "/search/" + (text ?? "")
        }
        guard let url = link.url else { preconditionFailure("\(link) is a link") }
        return url
    }

    /// Whether the id has Spotify's form: 22 digits in base 62.
    private var hasSpotifyID: Bool {
        id.utf8.count == 22
            && id.utf8.allSatisfy {
                switch $0 {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "a")...UInt8(ascii: "z"):
                    true
                default: false
                }
            }
    }
}
