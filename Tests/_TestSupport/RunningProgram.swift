public import Foundation

/// What a program left behind.
public struct ProgramResult: Sendable {
    /// The exit status; nil if a signal ended the program.
    public var status: Int32?
    /// The signal that ended the program.
    public var signal: Int32?
    /// What it wrote to standard output.
    public var output: String
    /// What it wrote to standard error.
    public var errors: String

    /// Whether one of the outputs moves a cursor, colors text, or draws over what is there.
    public var hasControlCharacters: Bool {
        (output + errors).unicodeScalars.contains { $0.value < 32 && $0 != "\n" }
    }
    /// The lines of standard output.
    public var outputLines: [String] { output.split(separator: "\n").map(String.init) }
    /// The lines of standard error.
    public var errorLines: [String] { errors.split(separator: "\n").map(String.init) }
}

/// A program of this package that runs beside a test.
///
/// Its outputs go to files, so that no full pipe can stop it.
public final class RunningProgram {
    private let process = Process()
    private let outputFile: URL
    private let errorFile: URL

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - name: The name of a product that was built with the tests, or the path of a program.
    ///   - arguments: Its arguments.
    ///   - folder: Where it runs.
    ///   - environment: Variables that it gets besides those of this process; an empty one takes
    ///     its value away.
    ///   - output: What takes the place of the file for standard output.
    /// - Throws: Errors of the system.
    public init(
        _ name: String, _ arguments: [String], in folder: URL,
        environment: [String: String] = [:], output: FileHandle? = nil
    ) throws {
        let log = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        outputFile = log.appendingPathExtension("out")
        errorFile = log.appendingPathExtension("err")
        for file in [outputFile, errorFile] { try Data().write(to: file) }
        process.executableURL =
            name.hasPrefix("/") ? URL(filePath: name) : Self.location(ofProduct: name)
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try output ?? FileHandle(forWritingTo: outputFile)
        process.standardError = try FileHandle(forWritingTo: errorFile)
        try process.run()
    }

    /// Where a product lies: beside the tests' own program.
    public static func location(ofProduct name: String) -> URL {
        URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
            .appending(path: name)
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        for file in [outputFile, errorFile] { try? FileManager.default.removeItem(at: file) }
    }

    /// Whether the program has not ended yet.
    public var isRunning: Bool { process.isRunning }

    /// Sends a signal; to a program that has ended, none.
    public func send(_ signal: Int32) {
        if process.isRunning { kill(process.processIdentifier, signal) }
    }

    /// Sends a signal once the condition holds and some more time has passed; none if the program
    /// ends before.
    ///
    /// The caller's thread waits. A task that sleeps would be late: among hundreds of tests its next
    /// turn comes seconds after the condition holds, and programs are over by then.
    ///
    /// - Throws: `ProgramTimeout` if the condition does not hold within `limit`.
    public func send(
        _ signal: Int32, after delay: Duration = .zero, upTo limit: Duration = .seconds(120),
        when condition: () throws -> Bool
    ) throws {
        let start = ContinuousClock.now
        while process.isRunning, try !condition() {
            try stop(ifLongerThan: limit, since: start)
            usleep(500)
        }
        usleep(UInt32(delay / .microseconds(1)))
        send(signal)
    }

    /// Ends the program, and throws, if it has run for too long.
    private func stop(ifLongerThan limit: Duration, since start: ContinuousClock.Instant) throws {
        guard start.duration(to: .now) > limit else { return }
        kill(process.processIdentifier, SIGKILL)
        throw ProgramTimeout(arguments: process.arguments ?? [], limit: limit)
    }

    /// Waits for the end of the program.
    ///
    /// - Throws: `ProgramTimeout` if that takes longer than `limit`.
    public func result(upTo limit: Duration = .seconds(120)) async throws -> ProgramResult {
        let start = ContinuousClock.now
        while process.isRunning {
            try stop(ifLongerThan: limit, since: start)
            try await Task.sleep(for: .milliseconds(1))
        }
        let wasKilled = process.terminationReason == .uncaughtSignal
        return ProgramResult(
            status: wasKilled ? nil : process.terminationStatus,
            signal: wasKilled ? process.terminationStatus : nil,
            output: String(decoding: try Data(contentsOf: outputFile), as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: errorFile), as: UTF8.self))
    }
}

/// A program that does not come to its end.
public struct ProgramTimeout: Error {
    /// Its arguments.
    public var arguments: [String]
    /// How long it was waited for.
    public var limit: Duration
}
