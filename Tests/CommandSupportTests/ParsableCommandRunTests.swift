import ArgumentParser
import Foundation
import Testing

@testable import CommandSupport

@Suite("Reports of failures")
struct ParsableCommandRunTests {
    struct Command: ParsableCommand {
        @Option var count = 1
    }

    struct Failure: Error, CustomStringConvertible {
        var description: String { "faces.csv, row 17: no pixels" }
    }

    struct Localized: LocalizedError {
        var errorDescription: String? { "the disk is full" }
    }

    struct Wordy: Error, CustomStringConvertible {
        var description: String { "one\ntwo\r\n\nthree\n" }
    }

    @Test("errors of the command are one line")
    func failures() {
        #expect(Command.failureMessage(for: Wordy()) == "error: one two three")
        #expect(
            Command.failureMessage(for: Failure()) == "error: faces.csv, row 17: no pixels")
        #expect(Command.failureMessage(for: Localized()) == "error: the disk is full")
    }

    @Test("usage, help and exit codes are left to ArgumentParser")
    func usage() {
        #expect(Command.failureMessage(for: ExitCode(1)) == nil)
        #expect(Command.failureMessage(for: ValidationError("no")) == nil)
        #expect(Command.failureMessage(for: CleanExit.message("bye")) == nil)
        for arguments in [["--help"], ["--count", "x"], ["--nothing"]] {
            do {
                var command = try Command.parseAsRoot(arguments)
                try command.run()
                Issue.record("\(arguments) was accepted")
            } catch {
                #expect(Command.failureMessage(for: error) == nil, "\(arguments)")
            }
        }
    }
}
