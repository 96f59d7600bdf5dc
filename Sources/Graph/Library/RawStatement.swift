import GRDB
import GRDBSQLite

/// A statement that runs a million times, or a thousand in the blink of an eye.
///
/// GRDB prepares it, but would copy and check every value of every run, which takes most of the time
/// of an import; here texts go between Swift and SQLite where they lie.
struct RawStatement {
    private let statement: Statement
    private var handle: OpaquePointer { statement.sqliteStatement }

    /// Uses a statement that GRDB prepared, on the same database and queue.
    init(_ statement: Statement) {
        self.statement = statement
    }

    /// Sets a parameter, counted from 1, until it is set anew.
    func bind(_ value: Int?, at index: Int32) {
        let code =
            value.map { sqlite3_bind_int64(handle, index, Int64($0)) }
            ?? sqlite3_bind_null(handle, index)
        precondition(code == SQLITE_OK, "a statement has a parameter \(index)")
    }

    /// Sets a parameter to a text in UTF-8, which has to stay where it is until the run is over.
    func bind(_ text: UnsafeRawBufferPointer, at index: Int32) {
        // A null pointer would be NULL.
        let start = text.isEmpty ? UnsafeRawPointer(bitPattern: 1) : text.baseAddress
        let code = sqlite3_bind_text(
            handle, index, start?.assumingMemoryBound(to: CChar.self), Int32(text.count), nil)
        precondition(code == SQLITE_OK, "a statement has a parameter \(index)")
    }

    /// Runs to the end.
    ///
    /// - Throws: `DatabaseError`.
    func run() throws {
        while try step() {}
        reset()
    }

    /// Runs up to the next row of the result, and whether there is one.
    ///
    /// - Throws: `DatabaseError`.
    func step() throws -> Bool {
        let code = sqlite3_step(handle)
        guard code == SQLITE_ROW || code == SQLITE_DONE else {
            let message = String(cString: sqlite3_errmsg(sqlite3_db_handle(handle)))
            reset()
            throw DatabaseError(resultCode: ResultCode(rawValue: code), message: message)
        }
        return code == SQLITE_ROW
    }

    /// Makes ready for another run.
    func reset() { sqlite3_reset(handle) }

    /// A text of the row, by its column from 0.
    func text(_ column: Int32) -> String {
        guard let start = sqlite3_column_text(handle, column) else { return "" }
        let count = Int(sqlite3_column_bytes(handle, column))
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    /// A number of the row; nil for NULL.
    func integer(_ column: Int32) -> Int? {
        sqlite3_column_type(handle, column) == SQLITE_NULL
            ? nil : Int(sqlite3_column_int64(handle, column))
    }
}
