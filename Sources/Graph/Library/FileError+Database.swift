import Files
import GRDB

extension FileError {
    /// The error of a database, in the words of files.
    ///
    /// - Parameters:
    ///   - error: What SQLite reported.
    ///   - location: The path of the database.
    ///   - remedy: How damage is mended.
    /// - Returns: The error to throw.
    static func database(
        _ error: DatabaseError, at location: String, remedy: String
    ) -> FileError {
        let reason = error.message ?? "\(error.resultCode)"
        switch error.resultCode.primaryResultCode {
        case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_FORMAT, .SQLITE_ERROR:
            return FileError(.damaged, at: location, "is damaged: \(reason). \(remedy)")
        case .SQLITE_CONSTRAINT:
            // Nothing else is unique that is not made so.
            return FileError(
                .damaged, at: location, "two songs have the same id. Give each one its own.")
        case .SQLITE_FULL:
            return FileError(
                .inaccessible, at: location,
                "cannot write: the disk is full. Free some space or choose another folder.")
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            return FileError(
                .inaccessible, at: location,
                "is in use by another program for too long. Try again when that has ended.")
        default:
            return FileError(
                .inaccessible, at: location,
                "cannot use the database: \(reason). "
                    + "Check the permissions of the file and its folder.")
        }
    }
}

extension Database {
    /// Reads the whole database and tests that its parts fit each other.
    ///
    /// - Throws: `DatabaseError` with what is wrong first.
    func checkIntegrity() throws {
        let findings = try String.fetchAll(self, sql: "PRAGMA integrity_check(1)")
        guard findings == ["ok"] else {
            throw DatabaseError(
                resultCode: .SQLITE_CORRUPT, message: findings.joined(separator: ", "))
        }
    }
}
