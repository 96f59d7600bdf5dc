public import Foundation

/// A command that failed.
public struct FailedCommand: Error, CustomStringConvertible {
    /// The command and its arguments.
    public var arguments: [String]
    /// Its exit status, or 128 and the signal that ended it.
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
/// It waits without holding a thread of the tests, which go on meanwhile. It does so by the system's
/// own means: `Process` learns of an end through a socket that other processes may inherit, and then
/// waits for those too (https://github.com/swiftlang/swift-corelibs-foundation/issues/4795).
///
/// - Parameters:
///   - arguments: The command, which is looked for on the path, and its arguments.
///   - folder: Where it runs.
///   - environment: Variables that it gets besides those of this process.
/// - Throws: `FailedCommand` if it cannot be started, or fails.
/// - Returns: The output.
public func runCommand(
    _ arguments: [String], in folder: URL, environment: [String: String] = [:]
) async throws -> String {
    let log = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).log")
    defer { try? FileManager.default.removeItem(at: log) }
    let child = try spawn(
        arguments, in: folder,
        environment: ProcessInfo.processInfo.environment.merging(environment) { $1 }, output: log)
    let status = await withCheckedContinuation { continuation in
        Thread.detachNewThread { continuation.resume(returning: exitStatus(of: child)) }
    }
    let output = String(decoding: try Data(contentsOf: log), as: UTF8.self)
    guard status == 0 else {
        throw FailedCommand(arguments: arguments, status: status, output: output)
    }
    return output
}

/// Starts a process that inherits no files, but has an empty input and the log for its outputs.
private func spawn(
    _ arguments: [String], in folder: URL, environment: [String: String], output: URL
) throws -> pid_t {
    let openFiles = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
        .compactMap { Int32($0) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(
        &actions, STDOUT_FILENO, output.path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO)
    for file in openFiles where file > STDERR_FILENO {
        posix_spawn_file_actions_addclose(&actions, file)
    }

    let inFolder = ["env", "--chdir", folder.path] + arguments
    var argumentList = inFolder.map { strdup($0) } + [nil]
    var environmentList = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in argumentList + environmentList { free(text) } }
    var child = pid_t()
    let code = posix_spawnp(&child, "env", &actions, nil, &argumentList, &environmentList)
    guard code == 0 else {
        throw FailedCommand(
            arguments: arguments, status: code, output: String(cString: strerror(code)))
    }
    return child
}

/// Waits for the end of a process.
private func exitStatus(of child: pid_t) -> Int32 {
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7f
    return signal == 0 ? status >> 8 & 0xff : 128 + signal
}
