public import Files
public import Foundation
import GRDB
import Synchronization

/// Listeners and their feedback: a database beside a library, which outlives new imports.
///
/// What is forgotten is overwritten in the file, not only marked as free.
public final class ListenerStore: Sendable {
    private let url: URL?
    /// Opened when it is needed first.
    private let database = Mutex<DatabaseQueue?>(nil)

    /// Uses the store at a path, or one in memory; the file is created by the first feedback.
    public init(at url: URL?) {
        self.url = url
    }

    /// What a listener said, in order of time; none of a listener who is not known.
    ///
    /// - Throws: `FileError` if the store cannot be read.
    public func feedback(of listener: String) throws(FileError) -> [Feedback] {
        try read { database in
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT track, kind, time FROM feedback WHERE listener = ? ORDER BY time, number
                    """, arguments: [listener])
            return try Array(
                rows.compactMap { row in
                    // A later version may know other kinds.
                    Feedback.Kind(rawValue: row[1]).map {
                        Feedback(trackID: row[0], kind: $0, time: row[2])
                    }
                })
        } ?? []
    }

    /// Notes what a listener said.
    ///
    /// - Throws: `FileError` if the store cannot be written.
    public func add(_ feedback: Feedback, of listener: String) throws(FileError) {
        try write { database in
            try database.execute(
                sql: "INSERT INTO feedback(listener, track, kind, time) VALUES (?, ?, ?, ?)",
                arguments: [listener, feedback.trackID, feedback.kind.rawValue, feedback.time])
        }
    }

    /// The names of all listeners, in alphabetical order.
    ///
    /// - Throws: `FileError` if the store cannot be read.
    public func listeners() throws(FileError) -> [String] {
        try read { database in
            try String.fetchAll(
                database, sql: "SELECT DISTINCT listener FROM feedback ORDER BY listener")
        } ?? []
    }

    /// Removes a listener and all that is known of them.
    ///
    /// - Returns: Whether there was such a listener.
    /// - Throws: `FileError` if the store cannot be written.
    @discardableResult
    public func forget(_ listener: String) throws(FileError) -> Bool {
        guard try exists() else { return false }
        return try write { database in
            try database.execute(
                sql: "DELETE FROM feedback WHERE listener = ?", arguments: [listener])
            return database.changesCount > 0
        }
    }

    /// Tests the whole store.
    ///
    /// - Throws: `FileError` that says what is damaged.
    /// - Complexity: O(*n*) in the size of the file.
    public func verify() throws(FileError) {
        try read { try $0.checkIntegrity() }
    }
}

extension ListenerStore {
    private func exists() throws(FileError) -> Bool {
        if database.withLock({ $0 != nil }) { return true }
        return url.map { FileManager.default.fileExists(atPath: $0.path) } ?? false
    }

    /// Reads, unless nobody has said anything yet.
    private func read<Result>(
        _ body: (Database) throws -> Result
    ) throws(FileError) -> Result? {
        guard try exists() else { return nil }
        return try translatingErrors { try opened().read(body) }
    }

    private func write<Result>(
        _ body: (Database) throws -> Result
    ) throws(FileError) -> Result {
        try translatingErrors { try opened().write(body) }
    }

    private func opened() throws -> DatabaseQueue {
        try database.withLock { database in
            if let database { return database }
            let new = try makeDatabase()
            database = new
            return new
        }
    }

    private func makeDatabase() throws -> DatabaseQueue {
        var configuration = Configuration()
        // Another program may be noting something at the same moment.
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA secure_delete = ON") }
        let queue: DatabaseQueue
        if let url {
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            queue = try DatabaseQueue(path: url.path, configuration: configuration)
        } else {
            queue = try DatabaseQueue(configuration: configuration)
        }
        try queue.write { database in
            try database.execute(
                sql: """
                    CREATE TABLE IF NOT EXISTS feedback(
                        number INTEGER PRIMARY KEY, listener TEXT NOT NULL, track TEXT NOT NULL,
                        kind TEXT NOT NULL, time REAL NOT NULL);
                    CREATE INDEX IF NOT EXISTS feedbackByListener ON feedback(listener, time);
                    """)
        }
        return queue
    }

    private func translatingErrors<Result>(
        _ body: () throws -> Result
    ) throws(FileError) -> Result {
        let location = url?.path ?? "listeners in memory"
        do {
            return try body()
        } catch let error as DatabaseError {
            throw .database(
                error, at: location, remedy: "Remove the file; what listeners said is lost then.")
        } catch let error as CocoaError {
            throw FileError(
                .inaccessible, at: location,
                "its folder cannot be made (\(error.code.rawValue)). Check the permissions.")
        } catch {
            throw FileError(.damaged, at: location, "\(error).")
        }
    }
}
