import Foundation
import Glibc

/// Starts a program, without Foundation's `Process`, which wants more of a system than the guest has.
func start(_ program: String, _ arguments: [String]) throws -> pid_t {
    var list = ([program] + arguments).map { strdup($0) } + [nil]
    defer { for text in list { free(text) } }
    var child = pid_t()
    let status = posix_spawnp(&child, program, nil, nil, &list, environ)
    guard status == 0 else { throw POSIXError(POSIXErrorCode(rawValue: status) ?? .EIO) }
    return child
}

/// Runs a program to its end; gives its exit status.
@discardableResult
func run(_ program: String, _ arguments: [String]) throws -> Int32 {
    let child = try start(program, arguments)
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    return status >> 8
}

/// Waits until a condition holds, up to ten seconds.
func wait(until condition: () -> Bool) {
    for _ in 0..<200 where !condition() { usleep(50_000) }
}
