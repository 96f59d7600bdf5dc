import Files
import Foundation
import Testing
import _TestSupport

@testable import Graph

@Suite struct SongLibraryTests {
    private let songs = sampleSongs()

    @Test func inMemory() throws {
        let library = try SongLibrary(songs)
        #expect(library.count == 100 && library.catalog.count == 100)
        #expect(library.graph == nil && !library.hasOutdatedGraph)
        #expect(try library.catalog.song(at: 42) == songs[42].song)
        #expect(library.features[42] == songs[42].features)
    }

    @Test func inAFolder() throws {
        try withTemporaryFolder { folder in
            let url = folder.appending(path: "new/library")
            #expect(!SongLibrary.exists(at: url))
            try SongLibrary.write(songs, to: url)
            #expect(SongLibrary.exists(at: url))
            let library = try SongLibrary(at: url)
            #expect(library.count == 100)
            #expect(try library.catalog.song(at: 42) == songs[42].song)
            #expect(library.features[42] == songs[42].features)
        }
    }

    @Test("a new import takes the place of the old one; open libraries and feedback stay")
    func newImport() throws {
        try withTemporaryFolder { folder in
            try SongLibrary.write(songs, to: folder)
            let old = try SongLibrary(at: folder)
            let like = Feedback(trackID: "id7", kind: .like, time: 0)
            try old.listeners.add(like, of: "Ana")
            try SongLibrary.write(Array(songs.prefix(10)), to: folder)
            let new = try SongLibrary(at: folder)
            #expect(new.count == 10)
            #expect(try new.listeners.feedback(of: "Ana") == [like])
            #expect(try old.catalog.song(at: 99) == songs[99].song)
            #expect(old.features[99] == songs[99].features)
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 5,
                "manifest, catalog, features, listeners, lock")
        }
    }

    @Test("where an import fails, the old library stays and nothing is left over")
    func failedImport() throws {
        try withTemporaryFolder { folder in
            try SongLibrary.write(songs, to: folder)
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            #expect(throws: FileError.self) {
                try SongLibrary.write(songs + songs, to: folder)
            }
            #expect(try SongLibrary(at: folder).count == 100)
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == names)
        }
    }

    @Test("files of the user stay, whatever their names; those of killed imports go")
    func bystanders() throws {
        try withTemporaryFolder { folder in
            try SongLibrary.write(songs, to: folder)
            let before = try Set(FileManager.default.contentsOfDirectory(atPath: folder.path))
            let kept = [
                "features-mine.csv", "features-12345678.csv", "catalog-12345678.sqlite.bak",
                "catalog-1234567G.sqlite", "movie.partial", ".movie.12345678.partial",
                ".graph.123.partial", "listeners.sqlite-journal",
            ]
            let left = [
                "features-12345678", "catalog-abcdef01.sqlite", "catalog-abcdef01.sqlite-journal",
                ".graph.0123ABCD.partial", ".library.json.0123ABCD.partial",
                ".features-12345678.0123ABCD.partial",
            ]
            for name in kept + left { try folder.addFile(name, []) }
            let covers = ["catalog-covers", "features-00000000"]
            for name in covers {
                let cover = folder.appending(path: name)
                try FileManager.default.createDirectory(
                    at: cover, withIntermediateDirectories: true)
                try cover.addFile("a.jpg", [1])
            }
            LibraryFolder(url: folder).removeLeftovers()
            let after = try Set(FileManager.default.contentsOfDirectory(atPath: folder.path))
            #expect(after == before.union(kept).union(covers))
            #expect(try SongLibrary(at: folder).count == 100)
            for name in covers {
                let cover = folder.appending(path: "\(name)/a.jpg").path
                #expect(FileManager.default.fileExists(atPath: cover))
            }
        }
    }

    @Test("a manifest of a later layout is no damaged one")
    func laterManifest() throws {
        try withTemporaryFolder { folder in
            let manifest = LibraryFolder(url: folder).manifest
            try Data(#"{"version": 2, "parts": []}"#.utf8).write(to: manifest)
            let error = #expect(throws: FileError.self) { try SongLibrary(at: folder) }
            #expect(error?.code == .unsupported)
            try Data(#"{"version": 1, "parts": []}"#.utf8).write(to: manifest)
            let damage = #expect(throws: FileError.self) { try SongLibrary(at: folder) }
            #expect(damage?.code == .damaged)
        }
    }

    @Test func repeatedID() {
        let error = #expect(throws: FileError.self) { try SongLibrary(songs + songs) }
        #expect(error?.message == "two songs have the same id. Give each one its own.")
    }

    @Test("means of extreme values do not overflow")
    func extremeStatistics() throws {
        var songs = Array(songs.prefix(4))
        for index in songs.indices {
            songs[index].features[.tempo] = 1.5e308
            songs[index].features[.loudness] = index < 2 ? 1.5e308 : -1.5e308
        }
        let statistics = try LibraryStatistics(of: try SongLibrary(songs))
        func mean(_ feature: AudioFeature) -> Double? {
            statistics.ranges.first { $0.feature == feature }?.range?.mean
        }
        #expect(mean(.tempo).map { abs($0 / 1.5e308 - 1) < 1e-12 } == true)
        #expect(mean(.loudness).map { abs($0 / 1.5e308) < 1e-12 } == true)
    }

    @Test("two imports at once: the second says so")
    func locked() throws {
        try withTemporaryFolder { folder in
            let first = try LibraryWriter(at: folder)
            let error = #expect(throws: FileError.self) {
                try SongLibrary.write(songs, to: folder)
            }
            #expect(error?.message.hasPrefix("another program") == true)
            withExtendedLifetime(first) {}
        }
    }

    @Test func noLibrary() throws {
        try withTemporaryFolder { folder in
            let error = #expect(throws: FileError.self) { try SongLibrary(at: folder) }
            #expect(error?.code == .notFound)
            let missing = folder.appending(path: "missing")
            #expect(throws: FileError.self) { try SongLibrary(at: missing) }
        }
    }
}
