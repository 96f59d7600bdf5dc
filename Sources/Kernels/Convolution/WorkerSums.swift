/// What the workers of a pool have added up, each in memory of its own.
package struct WorkerSums {
    /// Where the first worker's sums begin.
    package let start: UnsafePointer<Float>
    /// The distance in floats from a worker's sums to the next one's.
    package let stride: Int
    /// The number of workers that had something to add.
    package let workers: Int

    package init(start: UnsafePointer<Float>, stride: Int, workers: Int) {
        self.start = start
        self.stride = stride
        self.workers = workers
    }

    /// The sums of all workers at some places, in the order of the workers, so that the result
    /// depends on their number alone.
    @inline(__always)
    func total(at index: Int, lanes: Int) -> Vector {
        var total = start.vector(at: index, lanes: lanes)
        for worker in 1..<max(workers, 1) {
            total += (start + worker * stride).vector(at: index, lanes: lanes)
        }
        return total
    }

    /// Writes the sums of all workers, `[count]`.
    package func collect(
        count: Int, into target: UnsafeMutablePointer<Float>, pool: ThreadPool
    ) {
        pool.split(count, grain: 16, with: (self, target)) { context, _, range in
            let (sums, target) = context
            forEachVector(range.count) { index, lanes in
                let index = range.lowerBound + index
                target.store(sums.total(at: index, lanes: lanes), at: index, lanes: lanes)
            }
        }
    }

    /// The sums from `offset` on.
    package func dropFirst(_ offset: Int) -> WorkerSums {
        WorkerSums(start: start + offset, stride: stride, workers: workers)
    }
}
