import Files
import Foundation
import Testing
import _TestSupport

@testable import Graph

@Suite struct CatalogTests {
    private static let songs = [
        Song(
            id: "a", title: "Café del Mar", artists: ["Energy 52", "Björk"], year: 1993,
            genres: ["trance", "house"], popularity: 61, emotions: ["happy", "calm"]),
        Song(id: "b", title: "Love", artists: ["björk"]),
        Song(id: "c", title: "Lovefool", artists: ["The Cardigans"], year: 1996, genres: ["pop"]),
        Song(id: "d", title: "\"OR\" NOT (NEAR*) -x: AC/DC; DROP TABLE track", artists: ["R.E.M."]),
        Song(id: "e", title: "愛をこめて", artists: ["海 O'Brien"], genres: ["Pop"]),
        Song(id: "f", title: "", artists: []),
    ]

    /// Calls the body with the songs in memory and in a file.
    private func withCatalogs(_ body: (Catalog) throws -> Void) throws {
        try body(Catalog(Self.songs))
        try withTemporaryFolder { folder in
            let url = folder.appending(path: "catalog.sqlite")
            try Catalog.write(to: url) { writer in
                try writer.add(Self.songs)
            }
            let catalog = try Catalog(contentsOf: url)
            try catalog.verify()
            try body(catalog)
        }
    }

    @Test func songsComeBack() throws {
        try withCatalogs { catalog throws in
            #expect(catalog.count == 6)
            #expect(try catalog.songs(at: [5, 0, 0, 3]) == [5, 0, 0, 3].map { Self.songs[$0] })
            var all: [Song] = []
            try catalog.forEachSong { row, song in
                #expect(row == all.count)
                all.append(song)
            }
            #expect(all == Self.songs)
        }
    }

    @Test func findsByIDArtistGenreAndEmotion() throws {
        try withCatalogs { catalog throws in
            #expect(try catalog.row(ofID: "c") == 2)
            #expect(try catalog.row(ofID: "C") == nil)
            #expect(try catalog.rows(byArtist: "BJÖRK") == [0, 1])
            #expect(try catalog.rows(byArtist: "Bjork") == [])
            #expect(try catalog.rows(ofGenre: "pop") == [2, 4])
            #expect(try catalog.rows(labeled: "calm") == [0])
        }
    }

    @Test(
        "words are found, whatever else the text has",
        arguments: [
            ("love", [1, 2]), ("cafe MAR", [0]), ("björk love", [1]), ("lovef", [2]),
            ("love fool", []), ("energy caf", [0]), ("\"OR\" NOT (NEAR*)", [3]), ("AC/DC", [3]),
            ("-x: drop;", [3]), ("o'bri", [4]), ("愛", [4]), ("", []), ("\" * ( )", []),
            ("\0love\0", [1, 2]), ("r.e.m.", [3]), ("title: love", []),
        ])
    func search(text: String, expected: [Int]) throws {
        try withCatalogs { catalog throws in
            #expect(try catalog.search(text).sorted() == expected)
        }
    }

    @Test("the song that the words describe best comes first")
    func bestFirst() throws {
        try withCatalogs { catalog throws in
            #expect(try catalog.search("love", limit: 1).count == 1)
            #expect(try catalog.search("love", limit: 0) == [])
        }
    }

    @Test("what the body throws comes out as it is")
    func thrownByBody() throws {
        struct Stop: Error {}
        try withCatalogs { catalog throws in
            #expect(throws: Stop.self) {
                try catalog.forEachSong { row, _ in if row == 2 { throw Stop() } }
            }
        }
    }

    @Test("an id stands once")
    func repeatedID() {
        #expect(throws: FileError.self) { try Catalog([Self.songs[0], Self.songs[0]]) }
    }

    @Test("no songs at all")
    func empty() throws {
        let catalog = try Catalog([])
        #expect(catalog.count == 0)
        #expect(try catalog.search("love") == [])
    }
}
