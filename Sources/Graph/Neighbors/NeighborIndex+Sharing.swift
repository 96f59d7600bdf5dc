import Kernels
import Synchronization

extension NeighborIndex {
    /// Shares the leaves among threads, a few at a time, and tells how far they are.
    ///
    /// - Parameters:
    ///   - pool: The threads.
    ///   - neighbors: How many nearest points there has to be memory for.
    ///   - songs: The number of songs, for the progress.
    ///   - progress: Called on the thread of the caller with the number of songs that are done.
    ///   - body: Called with each leaf, and the memory of the thread that calls it.
    /// - Throws: What `progress` throws, which ends the work.
    func forEachLeaf(
        _ pool: ThreadPool, neighbors: Int = 0, songs: ClosedRange<Int>,
        progress: (_ completed: Int) throws -> Void,
        _ body: (_ leaf: Int, _ memory: SearchMemory) -> Void
    ) throws {
        let next = Atomic(0)
        let isCancelled = Atomic(false)
        var failure: (any Error)?
        let chunk = 16
        pool.split(pool.threadCount) { worker, _ in
            let memory = SearchMemory(dimensions: tree.dimensions, neighbors: neighbors)
            defer { memory.deallocate() }
            while !isCancelled.load(ordering: .relaxed) {
                let first = next.wrappingAdd(chunk, ordering: .relaxed).oldValue
                guard first < leafCount else { return }
                for leaf in first..<min(first + chunk, leafCount) { body(leaf, memory) }
                guard worker == 0 else { continue }
                let done = Double(first) / Double(leafCount) * Double(songs.count - 1)
                do {
                    try progress(songs.lowerBound + Int(done))
                } catch {
                    failure = error
                    isCancelled.store(true, ordering: .relaxed)
                }
            }
        }
        if let failure { throw failure }
    }
}
