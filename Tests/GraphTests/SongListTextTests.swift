import Testing

@testable import Graph

@Suite struct SongListTextTests {
    @Test(arguments: [
        ("4uLU6hMCjMI75M1A2tKUQC", "4uLU6hMCjMI75M1A2tKUQC"), ("a:b/c", "a:b/c"),
        ("spotify:track:4u", "4u"), ("https://open.spotify.com/track/4u?si=a/b", "4u"),
        ("spotify:track:", ""), ("https://open.spotify.com/track/?si=1", ""),
    ])
    func ids(text: String, id: String) {
        #expect(SongListText.id(text) == id)
    }

    @Test(arguments: [
        ("", []), ("X", ["X"]), ("X; Y;", ["X", "Y"]), ("[]", []),
        ("['X', \"Y's\", 'Z\\'s']", ["X", "Y's", "Z's"]), ("[\"X\"]", ["X"]),
        ("[dunkelbunt]", ["[dunkelbunt]"]), ("[Re:jazz], live", ["[Re:jazz], live"]),
        ("[dunkelbunt]; X", ["[dunkelbunt]", "X"]),
    ])
    func names(text: String, names: [String]) {
        #expect(SongListText.names(text) == names)
    }

    @Test(arguments: [
        ("1990", 1990), ("1990-05-03", 1990), ("May 3, 1990", 1990), ("-1990", nil), (" -5", nil),
        ("0000", nil), ("199", nil), ("", nil),
    ])
    func years(text: String, year: Int?) {
        #expect(SongListText.year(Array(text.utf8)) == year)
    }
}
