import Files
import Foundation
import Graph
import Testing
import _TestSupport

@testable import Valence

@Suite struct PlaylistTests {
    private func playlist() -> Playlist {
        var features = AudioFeatures()
        features[.duration] = 201_900
        features[.valence] = 0.5
        let songs = [
            Song(
                id: "4uLU6hMCjMI75M1A2tKUQC", title: "One, \"two\"", artists: ["A", "B"], year: 1987
            ),
            Song(id: "own-1", title: "Zwei\r\nDrei / vier?", artists: ["Ö & Co"]),
        ]
        return Playlist([
            Recommendation(song: songs[0], row: 0, score: 1, features: features, reasons: []),
            Recommendation(
                song: songs[1], row: 1, score: 1, features: AudioFeatures(), reasons: []),
        ])
    }

    @Test func m3u() {
        #expect(
            playlist().text(as: .m3u) == """
                #EXTM3U
                #EXTINF:201,A, B - One, "two"
                https://open.spotify.com/track/4uLU6hMCjMI75M1A2tKUQC
                #EXTINF:-1,Ö & Co - Zwei Drei / vier?
                https://open.spotify.com/search/Zwei%0D%0ADrei%20%2F%20vier%3F%20%C3%96%20%26%20Co

                """)
    }

    @Test func csv() throws {
        var reader = try CSVReader(bytes: Data(playlist().text(as: .csv).utf8), name: "list")
        #expect(reader.header.first == "track_id" && reader.header.last == "url")
        let first = try #require(try reader.next())
        #expect(first[1] == "One, \"two\"" && first[2] == "A, B" && first[4] == "0.5")
        let second = try #require(try reader.next())
        #expect(second[1] == "Zwei\r\nDrei / vier?" && second[4] == "" && second.count == 7)
        #expect(try reader.next() == nil)
    }

    @Test func theEndingTellsTheFormat() throws {
        #expect(Playlist.format(of: URL(filePath: "a.M3U8")) == .m3u)
        #expect(Playlist.format(of: URL(filePath: "a.txt")) == nil)
        try withTemporaryFolder { folder in
            #expect(throws: FileError.self) {
                try playlist().write(to: folder.appending(path: "list.txt"))
            }
            let file = folder.appending(path: "list.m3u")
            try playlist().write(to: file)
            #expect(try String(contentsOf: file, encoding: .utf8).hasPrefix("#EXTM3U\n"))
        }
    }
}
