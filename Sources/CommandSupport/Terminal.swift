import Foundation

/// The standard streams: results go to output, everything said beside them to error.
public enum Terminal {
    /// Whether a person looks at standard error, rather than a file or a pipe.
    public static var isInteractive: Bool {
        isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
    }

    /// Whether standard output goes to a terminal.
    public static var showsOutput: Bool { isatty(STDOUT_FILENO) == 1 }

    /// The number of columns of the terminal behind standard error; 80 where it does not say.
    public static var width: Int {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// Writes a line to standard output at once, so that a reader of a pipe gets it without delay.
    ///
    /// A reader that went away, as `head` does, has what it wanted; that is no failure.
    ///
    /// - Returns: Whether there is a reader.
    /// - Throws: `OutputError` where the line cannot be written, as on a full disk.
    @discardableResult
    public static func output(_ line: String) throws(OutputError) -> Bool {
        try output(Array((line + "\n").utf8))
    }

    /// Writes bytes to standard output as they are.
    ///
    /// - Returns: Whether there is a reader.
    /// - Throws: `OutputError` where they cannot be written, as on a full disk.
    @discardableResult
    public static func output(_ bytes: [UInt8]) throws(OutputError) -> Bool {
        let number = write(bytes, to: STDOUT_FILENO)
        guard number == 0 || number == EPIPE else {
            throw OutputError(reason: String(cString: strerror(number)).lowercased())
        }
        return number == 0
    }

    /// Writes a line to standard error.
    public static func note(_ line: String) {
        draw(line + "\n")
    }

    /// Writes text to standard error as it is.
    static func draw(_ text: String) {
        // There is no place to report that reports cannot be written.
        _ = write(Array(text.utf8), to: STDERR_FILENO)
    }

    /// Lets writes to a pipe that nobody reads any more fail, in place of ending the process: a
    /// training goes on when its lines are read no longer.
    static func outliveReaders() {
        signal(SIGPIPE, SIG_IGN)
    }

    /// Writes all bytes; returns the `errno` of the first failure, or 0.
    private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
        bytes.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let written = Foundation.write(
                    descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if written >= 0 {
                    rest = rest.dropFirst(written)
                } else if errno != EINTR {
                    return errno
                }
            }
            return 0
        }
    }
}

/// A result that could not be printed.
public struct OutputError: Error, Hashable, CustomStringConvertible {
    /// What the system says.
    public var reason: String

    /// One line.
    public var description: String { "standard output cannot be written: \(reason)" }
}
