import Files
import Foundation
import Tensor
import Testing
import _TestSupport

@testable import Graph

@Suite struct SongImportTests {
    /// Imports a list, and opens the library.
    private func library(
        _ text: String, _ settings: SongImport = SongImport(),
        _ body: (SongLibrary, ImportReport) throws -> Void
    ) throws {
        try withTemporaryFolder { folder in
            try folder.addFile("list.csv", Array(text.utf8))
            let url = folder.appending(path: "music")
            let report = try settings.run(from: folder.appending(path: "list.csv"), into: url)
            let library = try SongLibrary(at: url)
            try library.verify()
            try body(library, report)
        }
    }

    private static let simple = "track_id,track_name,artist_name,valence,energy\n"

    @Test(
        "lists as others write them",
        arguments: [
            // Byte-order mark, CRLF, quoted names of columns, another order, capitals.
            "\u{FEFF}\"Energy\",valence , TRACK_NAME,artist_name,track_id\r\n0.7,0.3,A b,X,1\r\n",
            "name,artists,id,valence,energy,other\nA b,['X'],1,0.3,0.7,\"any\nthing\"",
            "name,artists,uri,valence,energy\n\n\nA b,X,spotify:track:1,3e-1, 0.70 \n\n",
            "song,artist,track_id,valence,energy\r\"A b\",\"X\",\"1\",\"0.3\",\"0.7\"\r",
            "title,artist,track_id,id,valence,energy\n A b ,X,1,2,0.3,0.7\n",
            "title,artist,spotify_id,valence,energy\n\"A\nb\",X,"
                + "https://open.spotify.com/track/1?si=5,+.3,7e-1",
        ])
    func spellings(text: String) throws {
        try library(text) { library, report throws in
            #expect(report.songs == 1 && report.badRows == 0)
            #expect(
                try library.catalog.song(at: 0) == Song(id: "1", title: "A b", artists: ["X"]))
            #expect(library.features[0, .valence] == 0.3 && library.features[0, .energy] == 0.7)
            #expect(library.features[0, .tempo].isNaN && report.missing.contains(.tempo))
        }
    }

    @Test("all that a list can say of a song")
    func everything() throws {
        let text = #"""
            id,name,artists,release_date,track_genre,emotion,popularity,danceability,energy,key,\#
            loudness,mode,speechiness,acousticness,instrumentalness,liveness,valence,tempo,\#
            duration_ms,time_signature
            x,"He said ""no\#("\"\"\""),"[""Destiny's Child"", 'Guns N\' Roses']",2001-05-03,\#
            rock;pop,Happy,73.0,0.1,0.2,3,-4.5,1,0.6,0.7,0.8,0.9,0.25,120.5,210000,4
            """#
        try library(text) { library, report throws in
            let song = Song(
                id: "x", title: "He said \"no\"", artists: ["Destiny's Child", "Guns N' Roses"],
                year: 2001, genres: ["rock", "pop"], popularity: 73, emotions: ["Happy"])
            #expect(try library.catalog.song(at: 0) == song)
            #expect(
                AudioFeature.allCases.map { library.features[0, $0] } == [
                    0.1, 0.2, 3, -4.5, 1, 0.6, 0.7, 0.8, 0.9, 0.25, 120.5, 210000, 4,
                ])
            #expect(report.missing.isEmpty && report.unusual.isEmpty)
            #expect(try library.catalog.rows(byArtist: "guns n' roses") == [0])
            #expect(try library.catalog.rows(ofGenre: "Pop") == [0])
            #expect(try library.catalog.rows(labeled: "happy") == [0])
        }
    }

    @Test(
        "bad rows are left out and named by their number",
        arguments: [
            ("b,B,X,nan,0.5", "the valence is \"nan\", no finite number"),
            ("b,B,X,0.5,inf", "the energy is \"inf\", no finite number"),
            ("b,B,X,,0.5", "the valence is \"\", no finite number"),
            ("b,B,X,0x1p3,0.5", "the valence is \"0x1p3\", no finite number"),
            ("b,B,X,1e999,0.5", "the valence is \"1e999\", no finite number"),
            ("b,B,X,\"0,5\",0.5", "the valence is \"0,5\", no finite number"),
            ("b,B,X,0.5", "has 4 fields instead of 5"),
            ("b,B,X,0.5,0.5,", "has 6 fields instead of 5"),
            ("b, ,X,0.5,0.5", "has no title"), (",B,X,0.5,0.5", "has no id"),
            ("spotify:track:,B,X,0.5,0.5", "has no id"),
            ("b,\"B,X,0.5,0.5", "has a quote that is never closed"),
            ("\0\0\0", "has 1 fields instead of 5"),
        ])
    func badRows(row: String, reason: String) throws {
        let text = Self.simple + "a,A,X,0.1,0.2\n\n\(row)\nc,C,X,0.3,0.4\n"
        try library(text) { library, report throws in
            #expect(report.songs == 2 && report.badRows == 1)
            #expect(report.reasons == ["row 4 \(reason)."])
            #expect(try library.catalog.song(at: 1).id == "c")
        }
        let error = #expect(throws: FileError.self) {
            try library(text, SongImport(isStrict: true)) { _, _ in }
        }
        #expect(error?.location.hasSuffix("list.csv, row 4") == true)
        #expect(error?.message.hasPrefix(reason) == true)
    }

    @Test(
        "a list without songs, or without a column, is refused",
        arguments: [
            ("", "is empty"), ("\n\n", "is empty"),
            ("track_name,artist_name,valence\n", "has no column energy. Its columns are: track_n"),
            ("a;b;c\n1;2;3\n", "has no column track_name, artist_name, valence, energy."),
            ("track_id,track_name,artist_name,valence,energy\n", "has no songs."),
            (
                "track_id,track_name,artist_name,valence,energy\nx,y\n",
                "has no songs: row 2 has 2 fields instead of 5."
            ),
            ("\0\u{1}\u{2}binary\n\"\"\"\"\"", "has no column"),
        ])
    func refused(text: String, reason: String) throws {
        let error = #expect(throws: FileError.self) { try library(text) { _, _ in } }
        #expect(error?.message.hasPrefix(reason) == true, "\(error?.message ?? "")")
    }

    @Test("an open quote costs one row, wherever the next quote is", arguments: [1, 4])
    func openQuote(threads: Int) throws {
        var text = Self.simple
        for index in 0..<20_000 {
            let title =
                switch index {
                case 9: "\"T9"
                case 15_000: "\"T\nof two lines\""
                default: index % 4999 == 0 ? "\"T\(index)\"" : "T\(index)"
                }
            text += "i\(index),\(title),A,0.5,0.25\n"
        }
        try library(text, SongImport(threads: threads)) { library, report throws in
            #expect(report.songs == 19_999)
            #expect(report.reasons == ["row 11 has a quote that is never closed."])
            let row = try #require(try library.catalog.row(ofID: "i15000"))
            #expect(try library.catalog.song(at: row).title == "T of two lines")
        }
    }

    @Test("rows of one id are one song, whose genres and emotions are those of all")
    func repeatedIDs() throws {
        let text = """
            track_id,track_name,artist_name,genre,mood,valence,energy
            a,First,X,rock,sad,0.1,0.2
            b,Other,Y,jazz,,0.3,0.4
            a,Second,Z,pop,sad,0.5,0.6
            a,Third,Z,rock,calm,0.7,0.8
            """
        try library(text) { library, report throws in
            #expect(report.songs == 2 && report.repeatedRows == 2)
            #expect(
                try library.catalog.song(at: 0)
                    == Song(
                        id: "a", title: "First", artists: ["X"], genres: ["rock", "pop"],
                        emotions: ["sad", "calm"]))
            #expect(library.features[0, .valence] == 0.1)
            #expect(try library.catalog.rows(ofGenre: "pop") == [0])
            #expect(try library.catalog.rows(ofGenre: "rock") == [0])
            #expect(try library.catalog.rows(labeled: "calm") == [0])
        }
    }

    @Test("releases of one recording are one song if that is asked for")
    func recordings() throws {
        let text = """
            track_id,track_name,artist_name,valence,energy,tempo,loudness
            a,Hey Jude,The Beatles,0.532,0.607,147.2,-8.1
            b,Hey Jude - Remastered 2015,the beatles,0.531,0.611,147.3,-8.2
            c,"HEY, JUDE! (Mono)",The Beatles;Others,0.529,0.609,146.8,-7.9
            d,Hey Jude,Wilson Pickett,0.532,0.607,147.2,-8.1
            e,Hey Jude,The Beatles,0.632,0.607,147.2,-8.1
            b,Hey Jude,The Beatles,0.9,0.9,100,-8
            f,(Live),The Beatles,0.532,0.607,147.2,-8.1
            """
        try library(text, SongImport(merge: .recording)) { library, report throws in
            #expect(try library.catalog.songs(at: [0, 1, 2, 3]).map(\.id) == ["a", "d", "e", "f"])
            #expect(report.songs == 4 && report.repeatedRows == 3)
        }
        try library(text) { library, report throws in #expect(report.songs == 6) }
    }

    @Test("a list without ids gets some that are always the same")
    func madeIDs() throws {
        let text = "name,artist,valence,energy\nA,X,0.1,0.1\nB,X,0.1,0.1\nA,Y,0.1,0.1\nA,X,0.2,0.2"
        var ids: [String] = []
        try library(text) { library, report throws in
            #expect(report.songs == 3 && report.repeatedRows == 1)
            ids = try library.catalog.songs(at: [0, 1, 2]).map(\.id)
            #expect(Set(ids).count == 3 && ids[0].wholeMatch(of: /song-[0-9a-f]{16}/) != nil)
        }
        try library("artist,valence,name,energy,genre\nX,0.5,A,0.5,pop") { library, _ throws in
            #expect(try library.catalog.song(at: 0).id == ids[0])
        }
    }

    @Test("title and artists make an id, each for itself; what else is said of a song does not")
    func madeIDsOfTitleAndArtists() throws {
        let text = """
            name,artist,genre,mood,valence,energy
            Hello,World,pop,,0.5,0.5
            HelloW,orld,pop,,0.5,0.5
            Hello,World,rock,sad,0.1,0.1
            """
        try library(text) { library, report throws in
            #expect(report.songs == 2 && report.repeatedRows == 1)
            let song = try library.catalog.song(at: 0)
            #expect(song.genres == ["pop", "rock"] && song.emotions == ["sad"])
        }
    }

    @Test("keys, modes and durations are read by name and by the clock")
    func names() throws {
        let text = """
            id,title,artist,valence,energy,key,mode,length,popularity,year
            a,A,X,0.5,0.5,C#,Major,3:45,50,1990
            b,B,X,0.5,0.5,B♭,minor,1:00:01,150,-1990
            c,C,X,0.5,0.5,7,0,1000,-1,12 May 1990
            d,D,X,0.5,0.5,H,Major,3:45,50,1990
            e,E,X,0.5,0.5,C,Major,3:75,50,1990
            """
        try library(text) { library, report throws in
            #expect(report.songs == 3 && report.badRows == 2)
            func values(_ feature: AudioFeature) -> [Double] {
                (0..<3).map { library.features[$0, feature] }
            }
            #expect(values(.key) == [1, 10, 7] && values(.mode) == [1, 0, 0])
            #expect(values(.duration) == [225_000, 3_601_000, 1000])
            let songs = try library.catalog.songs(at: [0, 1, 2])
            #expect(songs.map(\.popularity) == [50, nil, nil])
            #expect(songs.map(\.year) == [1990, nil, 1990])
        }
    }

    @Test("values outside the usual ranges are kept and counted")
    func unusual() throws {
        // Neither a row that repeats a song nor a bad one counts.
        let text =
            Self.simple
            + "a,A,X,-1.25,0.5\nb,B,X,2,7\nc,C,X,0,1\na,A,X,-1.25,0.5\nd,D,X,0.5\ne,,X,5,5\n"
        try library(text) { library, report throws in
            #expect(report.songs == 3 && report.badRows == 2)
            #expect(report.unusual == [.valence: 2, .energy: 1])
            #expect(library.features[0, .valence] == -1.25 && library.features[1, .energy] == 7)
        }
    }

    @Test("bytes that are no text, and controls, do no harm")
    func strangeBytes() throws {
        try withTemporaryFolder { folder in
            let row = Array("a,\"T\u{1B}[31m\0\u{7}\n x\",".utf8) + [0xFF, 0xC3]
            try folder.addFile("list.csv", Array(Self.simple.utf8) + row + Array(",0.1,0.2".utf8))
            let music = folder.appending(path: "music")
            try SongImport().run(from: folder.appending(path: "list.csv"), into: music)
            let song = try SongLibrary(at: music).catalog.song(at: 0)
            #expect(song.title == "T [31m    x" && song.artists == ["\u{FFFD}\u{FFFD}"])
        }
    }

    @Test("read in parts of any size by several threads, a list has the same songs")
    func parts() throws {
        try withTemporaryFolder { folder in
            var random = RandomSource(seed: 7)
            var text = Self.simple
            for index in 0..<300 {
                // Quoted line ends, so that many guesses of where a row begins are wrong.
                let lines = (0..<Int.random(in: 0...6, using: &random)).map { "line,\($0)\r\n" }
                let title = "\"T\(index) \(lines.joined()) \"\"q\"\"\""
                let value = index % 17 == 3 ? "bad" : "0.\(index)"
                text += "id\(index),\(title),X,\(value),0.5\(index % 3 == 0 ? "\r\n" : "\n")"
            }
            let list = folder.appending(path: "list.csv")
            try folder.addFile("list.csv", Array(text.utf8))
            func songs(threads: Int, partSize: Int) throws -> ([String], [Double], [String]) {
                let reader = try SongListReader(
                    contentsOf: list, threads: threads, partSize: partSize)
                var titles: [String] = []
                var features: [Double] = []
                var bad: [String] = []
                _ = reader.forEachBatch { batch, firstRow in
                    for index in 0..<batch.count {
                        titles.append(
                            batch.records.withRecord(index) {
                                String(decoding: $0.title, as: UTF8.self)
                            })
                        features += batch.features(of: index)
                    }
                    bad += batch.badRows.map { "\($0.index + firstRow) \($0.reason)" }
                }
                return (titles, features, bad)
            }
            let whole = try songs(threads: 1, partSize: 1 << 20)
            #expect(whole.0.count == 282)
            for partSize in [1, 7, 40, 100, 333, 1000, 5000] {
                for threads in 1...4 {
                    let parts = try songs(threads: threads, partSize: partSize)
                    #expect(parts.0 == whole.0, "\(threads) threads, parts of \(partSize)")
                    // Of a part only the first few bad rows are named, smaller parts name more.
                    #expect(parts.2.starts(with: whole.2.prefix(5)))
                }
            }
        }
    }

    @Test("a list of any bytes is imported or refused")
    func anyBytes() throws {
        try withTemporaryFolder { folder in
            let seed = Array((Self.simple + "a,\"A\"\"\n\",X,0.5,0.25\r\nb,B,\"Y\",1e-3,.5\n").utf8)
            let list = folder.appending(path: "list.csv")
            var random = RandomSource(seed: 11)
            let special = Array("\"\",,\n\r\0;['\\".utf8)
            for _ in 0..<2000 {
                var bytes = seed
                for _ in 0..<Int.random(in: 1...6, using: &random) {
                    let place = Int.random(in: 0..<bytes.count, using: &random)
                    let byte = special.randomElement(using: &random) ?? 0
                    switch Int.random(in: 0...3, using: &random) {
                    case 0: bytes[place] = byte
                    case 1: bytes.insert(byte, at: place)
                    case 2: bytes.removeSubrange(place..<min(place + 3, bytes.count))
                    default: bytes[place] = UInt8.random(in: 0...255, using: &random)
                    }
                }
                try Data(bytes).write(to: list)
                do {
                    let report = try SongImport(merge: .recording, threads: 2).check(list)
                    #expect(report.songs > 0)
                } catch let error as FileError {
                    #expect(!error.message.isEmpty)
                }
            }
        }
    }
}
