import Files
import Foundation

/// Writes into the folder of a library, alone: a new generation of songs, or a graph.
///
/// Until `commit` the old songs stay as they were; a writer that is dropped before removes what it
/// wrote.
struct LibraryWriter: ~Copyable {
    private let folder: LibraryFolder
    private let lock: Int32
    private let generation: String

    /// Creates the folder if there is none, and removes what killed imports left there.
    ///
    /// - Throws: `FileError` if the folder cannot be written, or another program writes there.
    init(at url: URL) throws(FileError) {
        let lock = try Self.lock(url)
        self.lock = lock
        folder = LibraryFolder(url: url)
        generation = String(UUID().uuidString.prefix(8)).lowercased()
        folder.removeLeftovers()
    }

    /// Holds a file that the system lets go when this process ends, however it ends.
    private static func lock(_ folder: URL) throws(FileError) -> Int32 {
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            throw FileError(
                .inaccessible, at: folder.path,
                "the folder cannot be made: \(error.localizedDescription) Name another one.")
        }
        let file = folder.appending(path: "lock")
        let lock = open(file.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
        guard lock >= 0 else { throw .system(errno, cannot: "write", at: file) }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            close(lock)
            throw FileError(
                .inaccessible, at: folder.path,
                "another program is importing into this library, or builds its graph. "
                    + "Try again when it has ended.")
        }
        return lock
    }

    deinit {
        folder.removeLeftovers()
        // A process that is being started at this moment holds a copy of the descriptor until its
        // program runs, and with it a lock that is only closed.
        flock(lock, LOCK_UN)
        close(lock)
    }

    /// Where the catalog is to be written.
    var catalog: URL { folder.catalog(generation) }
    /// Where the features are to be written.
    var features: URL { folder.features(generation) }

    /// Where the graph is to be written.
    var graph: URL { folder.graph }

    /// Makes what was written the library.
    ///
    /// - Throws: `FileError` if the manifest cannot be written; the old library stays then.
    /// - Complexity: O(*n*) in the size of the catalog.
    func commit(songs: Int) throws(FileError) {
        let checksum = try MappedFile(contentsOf: catalog).checksum()
        try folder.commit(
            LibraryFolder.Manifest(
                generation: generation, songs: songs, catalogChecksum: checksum))
    }
}
