import Foundation

/// Worker threads that share loops over images, rows or parameters.
///
/// The calling thread is worker 0; the others sleep between loops. Work is divided statically, so
/// which worker handles which items depends on the thread count alone, and sums that are collected
/// worker by worker come out the same bits in every run.
///
/// OpenBLAS runs on one thread inside each worker: see `BLAS`.
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

    /// Divides `0..<count` into one contiguous range a worker; workers without items are not called.
    ///
    /// Allocates a little at each call; loops of a training step use `split(_:grain:with:_:)`.
    ///
    /// - Parameters:
    ///   - count: The number of items.
    ///   - grain: Ranges begin at multiples of this number of items.
    ///   - body: What each worker does; it must not use the same pool.
    package func split(
        _ count: Int, grain: Int = 1, _ body: (_ worker: Int, _ range: Range<Int>) -> Void
    ) {
        withoutActuallyEscaping(body) { body in
            split(count, grain: grain, with: body) { body, worker, range in body(worker, range) }
        }
    }

    /// The same without allocating, as long as `body` captures nothing: a closure that threads
    /// share has its captures on the heap, while `context` stays on the stack.
    package func split<Context>(
        _ count: Int, grain: Int = 1, with context: Context,
        _ body: @escaping (_ context: Context, _ worker: Int, _ range: Range<Int>) -> Void
    ) {
        let grains = (count + grain - 1) / grain
        if threadCount == 1 || grains <= 1 {
            if count > 0 { body(context, 0, 0..<count) }
            return
        }
        let loop = Loop(
            count: count, grain: grain, threadCount: threadCount, context: context, body: body)
        withUnsafePointer(to: loop) { loop in
            crew.start(Loop<Context>.self, at: loop)
            Loop<Context>.run(loop, as: 0)
            crew.finish()
        }
    }

    /// The items that one worker of `split` handles; if there are too few for all, the first workers
    /// have them.
    package static func share(
        of count: Int, grain: Int = 1, worker: Int, of threadCount: Int
    ) -> Range<Int> {
        let grains = (count + grain - 1) / grain
        let (share, rest) = grains.quotientAndRemainder(dividingBy: threadCount)
        func start(_ worker: Int) -> Int {
            min(count, (worker * share + min(worker, rest)) * grain)
        }
        return start(worker)..<start(worker + 1)
    }
}

/// A loop of any context, which lies on the stack of the thread that waits for it.
private protocol AnyLoop {
    /// Runs one worker's share of the loop at this address.
    static func run(_ loop: UnsafeRawPointer, as worker: Int)
}

private struct Loop<Context>: AnyLoop {
    let count: Int
    let grain: Int
    let threadCount: Int
    let context: Context
    let body: (Context, Int, Range<Int>) -> Void

    static func run(_ loop: UnsafeRawPointer, as worker: Int) {
        let loop = loop.assumingMemoryBound(to: Self.self)
        let range = ThreadPool.share(
            of: loop.pointee.count, grain: loop.pointee.grain, worker: worker,
            of: loop.pointee.threadCount)
        if !range.isEmpty { loop.pointee.body(loop.pointee.context, worker, range) }
    }
}

/// The state that the caller and the helpers share.
///
/// Unchecked, because `loop`, `round`, `busy` and `dismissed` are only touched under `condition`.
private final class Crew: @unchecked Sendable {
    private let helpers: Int
    private let condition = NSCondition()
    private var loop: (type: any AnyLoop.Type, address: UnsafeRawPointer)?
    private var round = 0
    private var busy = 0
    private var dismissed = false

    init(helpers: Int) {
        self.helpers = helpers
    }

    func start(_ type: any AnyLoop.Type, at address: UnsafeRawPointer) {
        condition.lock()
        loop = (type, address)
        round += 1
        busy = helpers
        condition.broadcast()
        condition.unlock()
    }

    func finish() {
        condition.lock()
        while busy > 0 { condition.wait() }
        loop = nil
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
            if let loop {
                condition.unlock()
                loop.type.run(loop.address, as: worker)
                condition.lock()
            }
            busy -= 1
            if busy == 0 { condition.broadcast() }
        }
        condition.unlock()
    }
}
