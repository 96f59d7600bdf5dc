public import Files
public import Foundation

/// Reads lists of songs as people have them, and makes libraries of them.
///
/// A list is a CSV file whose first row names the columns, in any order. Title, artist, valence and
/// energy have to be there; other audio features, year, genre, popularity and emotion may be. Rows
/// that are no songs are left out and reported.
///
/// ```swift
/// try SongImport().run(from: list, into: folder)
/// let library = try SongLibrary(at: folder)
/// ```
public struct SongImport: Sendable {
    /// Which rows of a list are one song.
    ///
    /// The values of the first row count; genres and emotions of all of them are the song's.
    public enum Merge: String, CaseIterable, Sendable {
        /// Rows with the same id.
        case id
        /// Rows with the same id, and releases of one recording: the same artist first, the same
        /// title but for what is in brackets or behind a dash, and the same features once they are
        /// rounded to two decimals; loudness and tempo to whole numbers, the duration to seconds.
        case recording
    }

    /// Which rows are one song.
    public var merge: Merge
    /// Whether the first bad row ends the import.
    public var isStrict: Bool
    /// The number of threads; nil for one a processor.
    public var threads: Int?

    /// Creates an import.
    public init(merge: Merge = .id, isStrict: Bool = false, threads: Int? = nil) {
        self.merge = merge
        self.isStrict = isStrict
        self.threads = threads
    }

    /// What takes its time.
    public enum Stage: String, Sendable {
        /// The rows of the list are read; counted in bytes.
        case reading
        /// The words of titles and artists are indexed; counted in songs.
        case indexing
    }

    /// How far an import is.
    public typealias Progress = (_ stage: Stage, _ completed: Int, _ total: Int) -> Void

    /// Makes a library of a list in a folder, in place of the one that is there.
    ///
    /// The old library stays as it was until the new one is whole, whatever happens. What listeners
    /// said is kept.
    ///
    /// - Parameters:
    ///   - list: A CSV file.
    ///   - folder: The folder of the library.
    ///   - progress: Called now and then.
    /// - Throws: `FileError` if the list cannot be read or has no songs, a row is bad and the import
    ///   strict, or the folder cannot be written.
    /// - Returns: What was found in the list.
    /// - Complexity: O(*n* log *n*) in the number of songs.
    @discardableResult
    public func run(
        from list: URL, into folder: URL, progress: Progress = { _, _, _ in }
    ) throws(FileError) -> ImportReport {
        let reader = try SongListReader(contentsOf: list, threads: threads)
        let writer = try LibraryWriter(at: folder)
        var intake = SongIntake(self, of: reader)
        try Catalog.write(to: writer.catalog) { catalog in
            try intake.readAll(progress: progress) { song, repeated in
                if let repeated {
                    catalog.unite(song, with: repeated)
                } else {
                    try catalog.add(song)
                }
            }
        } indexing: { completed, total in
            progress(.indexing, completed, total)
        }
        try SongFeatures.write(intake.features, to: writer.features)
        try SongFeatures.verify(contentsOf: writer.features)
        try writer.commit(songs: intake.report.songs)
        return intake.report
    }

    /// Reads a list as an import does, and keeps nothing.
    ///
    /// - Throws: `FileError` if the list cannot be read or has no songs, or a row is bad and the
    ///   import strict.
    /// - Returns: What was found in the list.
    public func check(
        _ list: URL, progress: Progress = { _, _, _ in }
    ) throws(FileError) -> ImportReport {
        let reader = try SongListReader(contentsOf: list, threads: threads)
        var intake = SongIntake(self, of: reader)
        do {
            try intake.readAll(progress: progress) { _, _ in }
        } catch let error as FileError {
            throw error
        } catch {
            preconditionFailure("reading throws nothing else: \(error)")
        }
        return intake.report
    }
}

/// What an import found in a list.
public struct ImportReport: Hashable, Sendable {
    /// The number of songs.
    public internal(set) var songs = 0
    /// How many rows repeat a song.
    public internal(set) var repeatedRows = 0
    /// How many rows are no songs.
    public internal(set) var badRows = 0
    /// What is wrong with the first few bad rows, with their numbers.
    public internal(set) var reasons: [String] = []
    /// Features with values outside the range that Spotify gives, and how many songs have them; they
    /// are kept, for a list may have been standardized.
    public internal(set) var unusual: [AudioFeature: Int] = [:]
    /// Features that the list does not have.
    public internal(set) var missing: [AudioFeature] = []
    /// How long it took to split the list into fields and to read their numbers.
    public internal(set) var readingTime = Duration.zero

    /// Bad rows beyond these are only counted.
    static let reasonLimit = 5
}
