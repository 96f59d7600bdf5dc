extension Song {
    /// Whether an id has the form of Spotify's: 22 digits and letters.
    public static func isSpotifyID(_ id: String) -> Bool {
        id.utf8.count == 22
            && id.utf8.allSatisfy {
                switch $0 {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "A")...UInt8(ascii: "Z"):
                    true
                default: false
                }
            }
    }
}
