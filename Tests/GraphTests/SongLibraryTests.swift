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
