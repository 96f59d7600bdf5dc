import Foundation
import Testing

@testable import CommandSupport

/// The tests use SIGURG, which by default is ignored, so that a mistake does not kill them.
@Suite("Interruption", .serialized)
struct InterruptionTests {
    @Test("a signal sets the flag once, and then does what it does by default")
    func flag() {
        let interruption = Interruption(signals: [SIGURG])
        #expect(!interruption.isRequested)
        raise(SIGURG)
        #expect(interruption.isRequested)
        #expect(interruption.signal == SIGURG)

        var action = sigaction()
        sigaction(SIGURG, nil, &action)
        let handler = unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
        #expect(handler == 0, "the handler is not SIG_DFL again")
    }

    @Test("signals that whoever started the process blocks get through")
    func blocked() {
        var set = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, SIGURG)
        pthread_sigmask(SIG_BLOCK, &set, nil)
        let interruption = Interruption(signals: [SIGURG])
        raise(SIGURG)
        #expect(interruption.isRequested)
    }

    @Test("listening anew forgets the signals before")
    func anew() {
        _ = Interruption(signals: [SIGURG])
        raise(SIGURG)
        let interruption = Interruption(signals: [SIGURG])
        #expect(interruption.signal == nil)
        raise(SIGURG)
        #expect(interruption.isRequested)
    }
}
