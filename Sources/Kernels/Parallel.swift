import COpenBLAS
import Foundation

/// Worker threads that share loops over images, rows or parameters.
///
/// The calling thread is worker 0; the others sleep between loops. Work is divided statically, so
/// which worker handles which items depends on the thread count alone, and sums that are collected
/// worker by worker come out the same bits in every run.
///
/// OpenBLAS runs on one thread inside each worker: its own threads under ours would fight for the
/// same processors.
package final class ThreadPool: Sendable {
    /// How many workers share a loop, the calling thread included.
    package let threadCount: Int

    private let crew: Crew

    /// Starts `threadCount - 1` threads.
    ///
    /// - Parameter threadCount: The number of workers, at least 1. By default as many as there
    ///   are processors.
    package init(threadCount: Int = ProcessInfo.processInfo.activeProcessorCount) {
        precondition(threadCount >= 1, "a thread pool needs 1 thread or more, not \(threadCount)")
        openblas_set_num_threads(1)
        self.threadCount = threadCount
        let crew = Crew(helpers: threadCount - 1)
        self.crew = crew
        for worker in 1..<threadCount {
            let thread = Thread { crew.serve(as: worker) }
            thread.stackSize = 1 << 20
            thread.name = "valence-\(worker)"
            thread.start()
        }
    }

    deinit {
        crew.dismiss()
    }

    /// Calls `body` once in every worker, and returns when all have finished.
    package func run(_ body: (_ worker: Int) -> Void) {
        guard threadCount > 1 else { return body(0) }
        withoutActuallyEscaping(body) { job in
            crew.start(job)
            job(0)
            crew.finish()
        }
    }

    /// Divides `0..<count` into one contiguous range a worker; workers without items are not called.
    ///
    /// - Parameters:
    ///   - count: The number of items.
    ///   - grain: Ranges begin at multiples of this number of items.
    ///   - body: Is called with the number of the worker and its range.
    package func split(
        _ count: Int, grain: Int = 1, _ body: (_ worker: Int, _ range: Range<Int>) -> Void
    ) {
        let grains = (count + grain - 1) / grain
        if threadCount == 1 || grains <= 1 {
            if count > 0 { body(0, 0..<count) }
            return
        }
        run { worker in
            let range = ThreadPool.share(of: count, grain: grain, worker: worker, of: threadCount)
            if !range.isEmpty { body(worker, range) }
        }
    }

    /// The items that one worker of `split` handles.
    package static func share(
        of count: Int, grain: Int = 1, worker: Int, of threadCount: Int
    ) -> Range<Int> {
        let grains = (count + grain - 1) / grain
        func start(_ worker: Int) -> Int {
            min(count, (grains * worker + threadCount - 1) / threadCount * grain)
        }
        return start(worker)..<start(worker + 1)
    }
}

/// The state that the caller and the helpers share.
///
/// Unchecked, because `job`, `round`, `busy` and `dismissed` are only touched under `condition`.
private final class Crew: @unchecked Sendable {
    private let helpers: Int
    private let condition = NSCondition()
    private var job: ((Int) -> Void)?
    private var round = 0
    private var busy = 0
    private var dismissed = false

    init(helpers: Int) {
        self.helpers = helpers
    }

    func start(_ job: @escaping (Int) -> Void) {
        condition.lock()
        self.job = job
        round += 1
        busy = helpers
        condition.broadcast()
        condition.unlock()
    }

    func finish() {
        condition.lock()
        while busy > 0 { condition.wait() }
        job = nil
        condition.unlock()
    }

    func dismiss() {
        condition.lock()
        dismissed = true
        condition.broadcast()
        condition.unlock()
    }

    func serve(as worker: Int) {
        var served = 0
        condition.lock()
        while true {
            while round == served && !dismissed { condition.wait() }
            if dismissed { break }
            served = round
            if let job {
                condition.unlock()
                job(worker)
                condition.lock()
            }
            busy -= 1
            if busy == 0 { condition.broadcast() }
        }
        condition.unlock()
    }
}
