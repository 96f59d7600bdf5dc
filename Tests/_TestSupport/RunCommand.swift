public import Foundation

/// A command that failed.
public struct FailedCommand: Error, CustomStringConvertible {
    /// The command and its arguments.
    public var arguments: [String]
    /// Its exit status.
    public var status: Int32
    /// What it printed.
    public var output: String

    /// The command, its status and its output.
    public var description: String {
        "\(arguments.joined(separator: " ")) ended with \(status):\n\(output)"
    }
}

/// Runs a command, and returns what it printed to both of its outputs.
///
/// It waits without holding a thread, so that other tests run meanwhile.
///
/// - Parameters:
///   - arguments: The command, which is looked for on the path, and its arguments.
///   - folder: Where it runs.
///   - environment: Variables that it gets besides those of this process.
/// - Throws: `FailedCommand` if it fails.
/// - Returns: The output.
public func runCommand(
    _ arguments: [String], in folder: URL, environment: [String: String] = [:]
) async throws -> String {
    let log = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).log")
    try Data().write(to: log)
    defer { try? FileManager.default.removeItem(at: log) }
    let output = try FileHandle(forWritingTo: log)

    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = output
    let status = try await withCheckedThrowingContinuation { continuation in
        process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
        do {
            try process.run()
        } catch {
            process.terminationHandler = nil
            continuation.resume(throwing: error)
        }
    }

    let text = String(decoding: try Data(contentsOf: log), as: UTF8.self)
    guard status == 0 else {
        throw FailedCommand(arguments: arguments, status: status, output: text)
    }
    return text
}
