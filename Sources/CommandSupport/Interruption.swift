import Foundation
import Synchronization

/// The wish of a person (Ctrl-C) or of the system (SIGTERM) that the command comes to an end.
///
/// The first signal sets a flag, which the command looks at between two steps, to save its work and
/// leave. A second signal of the same kind ends the process at once.
///
/// Signals belong to the process, and their handlers cannot carry state, so all values of this type
/// show the same flag.
public struct Interruption: Sendable {
    private static let received = Atomic<Int32>(0)

    /// Begins to listen for SIGINT and SIGTERM, and forgets signals that came before.
    public init() {
        self.init(signals: [SIGINT, SIGTERM])
    }

    init(signals: [Int32]) {
        Interruption.received.store(0, ordering: .relaxed)
        for number in signals {
            var action = sigaction()
            action.__sigaction_handler.sa_handler = { number in
                Interruption.received.store(number, ordering: .relaxed)
            }
            // Resetting lets the second signal do what it does by default: kill. Restarting keeps
            // reads and writes that are under way from failing.
            action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND)) | Int32(SA_RESTART)
            sigaction(number, &action, nil)
        }
        unblock(signals)
    }

    /// Lets signals through to this thread.
    ///
    /// A process inherits what the thread that started it blocks; one of Dispatch, from which a
    /// Swift program may have started this one, blocks all.
    private func unblock(_ signals: [Int32]) {
        var set = sigset_t()
        sigemptyset(&set)
        for number in signals { sigaddset(&set, number) }
        pthread_sigmask(SIG_UNBLOCK, &set, nil)
    }

    /// Whether a signal has arrived.
    public var isRequested: Bool { signal != nil }

    /// The number of the signal that has arrived.
    public var signal: Int32? {
        let number = Interruption.received.load(ordering: .relaxed)
        return number == 0 ? nil : number
    }
}
