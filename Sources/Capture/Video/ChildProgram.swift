import Files
import Foundation
import Synchronization

/// A program that writes bytes for this one; it ends when this object goes.
final class ChildProgram: ByteSource {
    let name: String
    let remaining: Int? = nil

    private let child: pid_t
    private let output: Int32
    private let errors: Int32
    private var end: (status: Int32, errors: String)?

    /// The path of a program in the folders of a search path, or nil.
    static func locate(_ program: String, in searchPath: String) -> String? {
        searchPath.split(separator: ":").map { "\($0)/\(program)" }
            .first { access($0, X_OK) == 0 }
    }

    /// Starts a program.
    ///
    /// It gets no input, and a process group of its own: Ctrl-C is for this program to answer.
    ///
    /// - Parameters:
    ///   - path: The program.
    ///   - arguments: Its arguments.
    ///   - name: What messages call what it reads.
    /// - Throws: `FileError` if the system refuses.
    init(_ path: String, _ arguments: [String], name: String) throws(FileError) {
        self.name = name
        do {
            (child, output, errors) = try Self.starting.withLock { _ throws(SystemFailure) in
                try Self.start(path, arguments)
            }
        } catch {
            throw .system(error.number, cannot: "start", at: URL(filePath: path))
        }
    }

    deinit {
        if end == nil { kill(child, SIGKILL) }
        waitForEnd()
        close(errors)
    }

    /// One at a time: no program shall inherit the pipe of another, which then would not end.
    private static let starting = Mutex(())

    private struct SystemFailure: Error {
        let number: Int32
    }

    private static func start(
        _ path: String, _ arguments: [String]
    ) throws(SystemFailure) -> (child: pid_t, output: Int32, errors: Int32) {
        let output = try makePipe()
        defer { close(output.writing) }
        let errors: (reading: Int32, writing: Int32)
        do {
            errors = try makePipe()
        } catch {
            close(output.reading)
            throw error
        }
        defer { close(errors.writing) }
        // Nobody listens to errors before the end. What does not fit into the pipe is lost, instead
        // of stopping the program.
        _ = fcntl(errors.writing, F_SETFL, O_NONBLOCK)
        _ = fcntl(errors.reading, F_SETFL, O_NONBLOCK)
        var child = pid_t()
        let number = spawn(
            path, arguments, output: output.writing, errors: errors.writing, &child)
        guard number == 0 else {
            close(output.reading)
            close(errors.reading)
            throw SystemFailure(number: number)
        }
        return (child, output.reading, errors.reading)
    }

    private static func makePipe() throws(SystemFailure) -> (reading: Int32, writing: Int32) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw SystemFailure(number: errno) }
        // Swift does not import `pipe2`, which would do both at once.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }

    private static func spawn(
        _ path: String, _ arguments: [String], output: Int32, errors: Int32, _ child: inout pid_t
    ) -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawnattr_setpgroup(&attributes, 0)
        var unblocked = sigset_t()
        sigemptyset(&unblocked)
        posix_spawnattr_setsigmask(&attributes, &unblocked)
        // A broken pipe has to end it, whatever this program does about them.
        var usual = sigset_t()
        sigemptyset(&usual)
        sigaddset(&usual, SIGPIPE)
        posix_spawnattr_setsigdefault(&attributes, &usual)
        posix_spawnattr_setflags(
            &attributes,
            Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        let argumentList = ([path] + arguments).map { strdup($0) } + [nil]
        defer { for text in argumentList { free(text) } }
        return posix_spawn(&child, path, &actions, &attributes, argumentList, environ)
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
        guard end == nil else { return 0 }
        while true {
            let count = Foundation.read(output, buffer.baseAddress, buffer.count)
            if count >= 0 { return count }
            guard errno == EINTR else {
                throw .system(errno, cannot: "read", at: URL(filePath: name))
            }
        }
    }

    /// Waits until the program has ended; what it still writes goes nowhere, and ends it.
    ///
    /// - Returns: Its exit status, or 128 and the signal that ended it, and what it said.
    @discardableResult
    func waitForEnd() -> (status: Int32, errors: String) {
        if let end { return end }
        close(output)
        var code: Int32 = 0
        while waitpid(child, &code, 0) < 0, errno == EINTR {}
        let signal = code & 0x7F
        var words = [UInt8](repeating: 0, count: 1 << 16)
        let count = Foundation.read(errors, &words, words.count)
        let end = (
            status: signal == 0 ? code >> 8 & 0xFF : 128 + signal,
            errors: String(decoding: words.prefix(max(0, count)), as: UTF8.self)
        )
        self.end = end
        return end
    }
}
