public import Files
public import Foundation

/// A library of songs: the catalog, the audio features, the graph of what is alike, and listeners.
///
/// In a folder it consists of files that are opened where they lie, so that a million songs are at
/// hand at once.
public struct SongLibrary: Sendable {
    /// The songs.
    public let catalog: Catalog
    /// Their audio features, a row for each song.
    public let features: SongFeatures
    /// What is alike; nil until it is built.
    public private(set) var graph: SongGraph?
    /// Listeners and their feedback.
    public let listeners: ListenerStore
    /// Whether there is a graph that was built from other songs, and therefore is not used.
    public private(set) var hasOutdatedGraph = false

    private let folder: LibraryFolder?
    /// Whose files are open.
    private let manifest: LibraryFolder.Manifest?

    /// The number of songs.
    public var count: Int { features.count }

    /// Opens a library where it lies.
    ///
    /// - Parameters:
    ///   - folder: The folder into which a list was imported.
    ///   - ignoringGraph: Whether the graph is left alone, be it damaged or not, for a new one is to
    ///     be built.
    /// - Throws: `FileError` if there is none, or a part is damaged.
    public init(at folder: URL, ignoringGraph: Bool = false) throws(FileError) {
        let folder = LibraryFolder(url: folder)
        self.folder = folder
        (manifest, catalog, features) = try Self.parts(of: folder)
        listeners = ListenerStore(at: folder.listeners)
        guard !ignoringGraph, FileManager.default.fileExists(atPath: folder.graph.path) else {
            return
        }
        let graph = try SongGraph(contentsOf: folder.graph)
        if graph.count == features.count, graph.featuresChecksum == features.checksum {
            self.graph = graph
        } else {
            hasOutdatedGraph = true
        }
    }

    /// Keeps a library in memory; its listeners are kept in a file if one is named.
    ///
    /// - Throws: `FileError` if two songs have one id.
    public init(
        _ songs: [(song: Song, features: AudioFeatures)], listeners: URL? = nil
    ) throws(FileError) {
        folder = nil
        manifest = nil
        catalog = try Catalog(songs.lazy.map(\.song))
        features = SongFeatures(songs.map(\.features))
        self.listeners = ListenerStore(at: listeners)
    }

    /// Opens the catalog and the features of the generation that counts.
    private static func parts(
        of folder: LibraryFolder
    ) throws(FileError) -> (LibraryFolder.Manifest, Catalog, SongFeatures) {
        var manifest = try folder.readManifest()
        while true {
            do throws(FileError) {
                let catalog = try Catalog(contentsOf: folder.catalog(manifest.generation))
                let features = try SongFeatures(
                    contentsOf: folder.features(manifest.generation))
                guard catalog.count == manifest.songs, features.count == manifest.songs else {
                    throw FileError(
                        .damaged, at: folder.url.path,
                        "its parts have different numbers of songs: \(catalog.count) and "
                            + "\(features.count) instead of \(manifest.songs). "
                            + "Import the list again.")
                }
                return (manifest, catalog, features)
            } catch {
                // An import that ended at this moment has removed the files of the old generation.
                let now = try folder.readManifest()
                guard now != manifest else { throw error }
                manifest = now
            }
        }
    }

    /// Reads all files of the library and tests that they are whole and belong together.
    ///
    /// - Throws: `FileError` that says what is damaged.
    /// - Complexity: O(*n* log *n*) in the number of songs.
    public func verify() throws(FileError) {
        try catalog.verify()
        try listeners.verify()
        guard let folder, let manifest else { return }
        let file = folder.catalog(manifest.generation)
        guard try MappedFile(contentsOf: file).checksum() == manifest.catalogChecksum else {
            throw FileError(
                .damaged, at: file.path,
                "is damaged: its checksum is not that of the import. Import the list again.")
        }
        try SongFeatures.verify(contentsOf: folder.features(manifest.generation))
        if graph != nil { try SongGraph.verify(contentsOf: folder.graph) }
    }

    /// Builds the graph, writes it into the folder of the library if it has one, and uses it.
    ///
    /// - Parameters:
    ///   - recipe: Which edges it has.
    ///   - threads: The number of threads that share the work; by default as many as there are
    ///     processors.
    ///   - progress: Called now and then with the number of songs whose neighbors are known; what it
    ///     throws ends the work.
    /// - Throws: `GraphError` if it would not fit into memory, `FileError` if it cannot be written, or
    ///   a list is being imported.
    public mutating func buildGraph(
        _ recipe: SongGraph.Recipe,
        threads: Int? = nil,
        progress: (_ completed: Int, _ total: Int) throws -> Void = { _, _ in }
    ) throws {
        if let folder {
            // An import at the same time would make the graph one of songs that are gone.
            let writer = try LibraryWriter(at: folder.url)
            graph = try SongGraph.build(
                recipe, over: features, threads: threads, progress: progress)
            try graph?.write(to: writer.graph)
        } else {
            graph = try SongGraph.build(
                recipe, over: features, threads: threads, progress: progress)
        }
        hasOutdatedGraph = false
    }
}

extension SongLibrary {
    /// Whether a folder holds a library, damaged or not.
    public static func exists(at folder: URL) -> Bool {
        FileManager.default.fileExists(atPath: LibraryFolder(url: folder).manifest.path)
    }

    /// What listeners said of the library in a folder, be the rest of it damaged or not.
    public static func listeners(at folder: URL) -> ListenerStore {
        ListenerStore(at: LibraryFolder(url: folder).listeners)
    }

    /// Makes a library of songs in a folder, in place of the one that is there.
    ///
    /// - Throws: `FileError` if the folder cannot be written, or two songs have one id; the old
    ///   library stays as it was then.
    public static func write(
        _ songs: [(song: Song, features: AudioFeatures)], to folder: URL
    ) throws(FileError) {
        let writer = try LibraryWriter(at: folder)
        try Catalog.write(to: writer.catalog) { catalog in
            try catalog.add(songs.lazy.map(\.song))
        }
        try SongFeatures(songs.map(\.features)).write(to: writer.features)
        try writer.commit(songs: songs.count)
    }
}
