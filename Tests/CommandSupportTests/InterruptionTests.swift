import Foundation
import Testing

@testable import CommandSupport

@Suite("Interruption", .serialized)
struct InterruptionTests {
    @Test("a signal sets the flag once, and then does what it does by default")
    func flag() {
        let interruption = Interruption(signals: [SIGURG])
        #expect(!interruption.isRequested)
        receiveSignal()
        #expect(interruption.isRequested)
        #expect(interruption.signal == SIGURG)

        var action = sigaction()
        sigaction(SIGURG, nil, &action)
        let handler = unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
        #expect(handler == 0, "the handler is not SIG_DFL again")
    }

    @Test("listening anew forgets the signals before")
    func anew() {
        _ = Interruption(signals: [SIGURG])
        receiveSignal()
        let interruption = Interruption(signals: [SIGURG])
        #expect(interruption.signal == nil)
        receiveSignal()
        #expect(interruption.isRequested)
    }

    /// Sends SIGURG to this thread, which would else keep it blocked as tests' threads do.
    ///
    /// By default this signal is ignored, so that a mistake does not kill the tests.
    private func receiveSignal() {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGURG)
        pthread_sigmask(SIG_UNBLOCK, &signals, nil)
        raise(SIGURG)
    }
}
