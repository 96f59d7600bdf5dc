import Foundation
import Glibc

/// Starts a program, without Foundation's `Process`, which wants more of a system than the guest has.
///
/// - Parameters:
///   - program: Its name, or its path.
///   - arguments: Its arguments.
///   - output: A file for what it prints.
/// - Throws: The error of the system.
/// - Returns: The process.
func start(_ program: String, _ arguments: [String], output: String? = nil) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if let output {
        posix_spawn_file_actions_addopen(
            &actions, STDOUT_FILENO, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO)
    }
    var list = ([program] + arguments).map { strdup($0) } + [nil]
    defer { for text in list { free(text) } }
    var child = pid_t()
    let status = posix_spawnp(&child, program, &actions, nil, &list, environ)
    guard status == 0 else { throw POSIXError(POSIXErrorCode(rawValue: status) ?? .EIO) }
    return child
}

/// Runs a program to its end; gives its exit status.
@discardableResult
func run(_ program: String, _ arguments: [String], output: String? = nil) throws -> Int32 {
    let child = try start(program, arguments, output: output)
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    return status >> 8
}

/// Waits until a condition holds, up to ten seconds.
func wait(until condition: () -> Bool) {
    for _ in 0..<200 where !condition() { usleep(50_000) }
}
