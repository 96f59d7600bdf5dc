import Dispatch
import Synchronization

/// A call that runs beside its caller until that one waits for the result.
final class ConcurrentCall<Result: Sendable>: Sendable {
    private let result = Mutex<Result?>(nil)
    private let isFinished = DispatchSemaphore(value: 0)

    /// Starts the call.
    init(on queue: DispatchQueue, _ body: @escaping @Sendable () -> Result) {
        queue.async {
            let value = body()
            self.result.withLock { $0 = value }
            self.isFinished.signal()
        }
    }

    /// Waits for the result, once.
    func wait() -> Result {
        isFinished.wait()
        guard let value = result.withLock({ $0 }) else {
            preconditionFailure("a call has finished without a result")
        }
        return value
    }
}
