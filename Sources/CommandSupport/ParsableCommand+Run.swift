public import ArgumentParser
import Foundation

extension ParsableCommand {
    /// Parses the arguments of the process, runs the command, and reports what went wrong: status 0,
    /// 1 for a failure, after one line `error: ...` on standard error, and 64 for a wrong usage.
    ///
    /// A command calls it as its entry:
    ///
    /// ```swift
    /// @main
    /// struct Greet: ParsableCommand {
    ///     static func main() { runAndReport() }
    /// }
    /// ```
    public static func runAndReport() {
        Terminal.outliveReaders()
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch let code as ExitCode {
            exit(withError: code)
        } catch {
            if let message = failureMessage(for: error) {
                Terminal.note(message)
                exit(withError: ExitCode.failure)
            }
            exit(withError: error)
        }
    }

    /// The line that reports an error which a command threw, or nil for an error that
    /// `ArgumentParser` reports: a wrong usage, a call for help, an exit code.
    static func failureMessage(for error: any Error) -> String? {
        // ArgumentParser knows its own errors; to all others it gives this status.
        guard !(error is ExitCode), exitCode(for: error) == .failure else { return nil }
        let description = (error as? any LocalizedError)?.errorDescription ?? "\(error)"
        return "error: " + description.split(whereSeparator: \.isNewline).joined(separator: " ")
    }
}
