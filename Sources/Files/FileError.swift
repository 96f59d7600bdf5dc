/// A file that could not be read or written, or whose bytes are not what they should be.
public struct FileError: Error, Hashable, Sendable {
    /// What kind of thing went wrong.
    public enum Code: String, Hashable, Sendable {
        /// There is no such file or folder.
        case notFound
        /// The system refused to open, read, write or rename.
        case inaccessible
        /// The bytes are damaged or not of the expected format.
        case damaged
        /// The file is well-formed, but needs something that is not supported.
        case unsupported
    }

    /// What kind of thing went wrong.
    public var code: Code
    /// The file or folder, with a place inside it where that is known: `faces.csv, row 17`.
    public var location: String
    /// What happened and how to mend it, one sentence each.
    public var message: String

    /// Creates an error.
    public init(_ code: Code, at location: String, _ message: String) {
        self.code = code
        self.location = location
        self.message = message
    }
}

extension FileError: CustomStringConvertible {
    /// One line: the place and what happened there.
    public var description: String { "\(location): \(message)" }
}
