import Foundation

/// The standard streams: results go to output, everything said beside them to error.
public enum Terminal {
    /// Whether a person looks at standard error, rather than a file or a pipe.
    public static var isInteractive: Bool {
        isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
    }

    /// The number of columns of the terminal behind standard error; 80 where it does not say.
    public static var width: Int {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// Writes a line to standard output at once, so that a reader of a pipe gets it without delay.
    public static func output(_ line: String) {
        write(line + "\n", to: .standardOutput)
    }

    /// Writes a line to standard error.
    public static func note(_ line: String) {
        write(line + "\n", to: .standardError)
    }

    /// Writes text to standard error as it is.
    static func draw(_ text: String) {
        write(text, to: .standardError)
    }

    private static func write(_ text: String, to handle: FileHandle) {
        // A reader that went away is no reason to stop: weights may still have to be saved.
        try? handle.write(contentsOf: Data(text.utf8))
    }
}
