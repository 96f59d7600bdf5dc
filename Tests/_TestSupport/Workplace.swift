public import Foundation

/// A temporary folder in which a program of this package runs.
public struct Workplace: Sendable {
    /// The folder.
    public let folder: URL
    private let product: String
    private let environment: [String: String]

    /// Prepares to run a product in a folder, with variables besides those of this process.
    public init(folder: URL, product: String, environment: [String: String] = [:]) {
        self.folder = folder
        self.product = product
        self.environment = environment
    }

    /// Starts the program.
    public func start(
        _ arguments: [String], in subfolder: String = "", environment: [String: String] = [:],
        output: FileHandle? = nil
    ) throws -> RunningProgram {
        try RunningProgram(
            product, arguments, in: folder.appending(path: subfolder),
            environment: self.environment.merging(environment) { $1 }, output: output)
    }

    /// Runs the program to its end.
    public func run(
        _ arguments: [String], in subfolder: String = "", environment: [String: String] = [:],
        output: FileHandle? = nil
    ) async throws -> ProgramResult {
        try await start(arguments, in: subfolder, environment: environment, output: output)
            .result()
    }

    /// Runs the program to an end that has to be a good one.
    ///
    /// - Throws: `UnexpectedResult` if it fails.
    @discardableResult
    public func succeed(
        _ arguments: [String], in subfolder: String = ""
    ) async throws -> ProgramResult {
        let result = try await run(arguments, in: subfolder)
        guard result.status == 0 else { throw UnexpectedResult(arguments, result) }
        return result
    }

    /// Runs the program, which has to fail with one line, and returns the line.
    ///
    /// - Throws: `UnexpectedResult` if it does not, or prints anything else.
    public func failure(
        _ arguments: [String], in subfolder: String = "", environment: [String: String] = [:]
    ) async throws -> String {
        let result = try await run(arguments, in: subfolder, environment: environment)
        guard result.status == 1, result.output.isEmpty, result.errorLines.count == 1,
            result.errors.hasPrefix("error: ")
        else { throw UnexpectedResult(arguments, result) }
        return result.errors
    }

    /// The bytes of a file.
    public func bytes(_ path: String) throws -> Data {
        try Data(contentsOf: folder.appending(path: path))
    }

    /// Whether there is such a file.
    public func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: folder.appending(path: path).path)
    }

    /// Changes a byte in the middle of a file.
    public func damage(_ path: String) throws {
        var bytes = try bytes(path)
        bytes[bytes.count / 2] ^= 0x55
        try bytes.write(to: folder.appending(path: path))
    }
}

/// A program that did not end as it should.
public struct UnexpectedResult: Error, CustomStringConvertible {
    /// How it was called, and what it left behind.
    public let description: String

    init(_ arguments: [String], _ result: ProgramResult) {
        description = "\(arguments.joined(separator: " ")): \(result)"
    }
}
